"""Who is told of a post by mail. It is asked once when the mails are put into the outbox, and for each person again when theirs is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from ambassadors.models import User
from correspondence import preferences
from discussions.following.levels import Level, standing_to_thread
from discussions.models import Follow, Mention, Post, Space, SpaceRole
from foundation.registry import Registry

if TYPE_CHECKING:
    from discussions.models import Thread

# By part: who has a mail of their own kind about a post, so that they need no other. `told(post)` gives the keys of people.
told_otherwise: Registry[Callable[[Post], Iterable[int]]] = Registry("those who are told of a post in another mail")


def to_tell_of(post: Post, *, kind: str) -> QuerySet[Any, Any]:
    """The keys of those who get a mail of `kind` about a post: its thread's followers, but not its author, nor who wants no such mail.

    Who is named in it has a mail of their own about it, unless they switched such mails off.
    """
    named = Mention.objects.filter(post=post).exclude(person__in=preferences.who_switched_off("mention"))
    others = followers_of(post.thread).exclude(pk=post.author_id or 0).exclude(pk__in=named.values("person"))
    others = others.exclude(pk__in=[pk for told in told_otherwise for pk in told(post)])
    return others.exclude(pk__in=preferences.who_switched_off(kind))


def followers_of(thread: Thread) -> QuerySet[Any, Any]:
    """The keys of members who can read a thread of a space and have chosen to hear of each post by mail."""
    own = Follow.objects.filter(thread=thread)
    of_space = Follow.objects.filter(space=thread.space_id, level=Level.EVERY).exclude(person__in=own.values("person"))
    wanting = Q(pk__in=own.filter(level=Level.EVERY).values("person")) | Q(pk__in=of_space.values("person"))
    rows: QuerySet[Any, Any] = readers_of(thread.space).filter(wanting).order_by("pk").values_list("pk", flat=True)
    return rows


def readers_of(space: Space | None) -> QuerySet[Any]:
    """The members who can read what is said in a space; the other direction of `SpaceQuerySet.read_by`."""
    members: QuerySet[Any] = User.objects.members()
    if space is None or space.openness == Space.Openness.OPEN:
        return members
    return members.filter(pk__in=SpaceRole.objects.filter(space=space).values("person"))


def hears_of(person: User, thread: Thread) -> str:
    """The level at which this person follows the thread now; empty where they have chosen nothing."""
    return standing_to_thread(person, thread).level
