"""Builders for spaces and threads: the least that is valid, through the workflow functions."""

from __future__ import annotations

from ambassadors.models import User
from discussions import workflow
from discussions.models import Space, SpaceRole, Thread
from discussions.spaces.workflow import start_space
from tests import make


def host(name: str = "Hedda Host") -> User:
    """One of the support team, who begins topics. Made once a name."""
    return User.objects.filter(name=name).first() or make.person(name, is_staff=True)


def topic(name: str = "Everyday questions", **fields) -> Space:
    """A topic for everybody."""
    return start_space(by=host(), name=name, purpose=f"What we meet in {name.lower()}.", kind="topic", **fields)


def micro(leader: User, name: str = "Winter school", openness: str = "closed", **fields) -> Space:
    """A micro-community that `leader` began."""
    return start_space(by=leader, name=name, purpose=f"To get {name.lower()} done.", openness=openness, **fields)


def join(space: Space, person: User, role: str = "participant") -> User:
    """Give somebody a role, and return them."""
    SpaceRole.objects.create(space=space, person=person, role=role)
    return person


def thread(space: Space, by: User, subject: str = "What worked this week", body: str = "Tell us one thing.", **fields) -> Thread:
    """A thread with its first post."""
    return workflow.start_thread(space, by=by, subject=subject, body=body, **fields)


def talk(among: Thread, *people: User) -> None:
    """Let each of `people` say something in turn."""
    for number, person in enumerate(people, start=1):
        workflow.reply(among, by=person, body=f"{person.name} says thing number {number}.")
