"""What people need in the demo: one question that has found its answer, one that waits."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from ambassadors.models import User
from discussions import workflow
from discussions.models import Need, Post, Space, Thread
from discussions.needs.workflow import start_need
from foundation.models import Topic

NEEDS = [
    (
        "Siv",
        "Feedback from families",
        "somebody who has asked parents at the school gate",
        "Ours will not come inside, and forms sent home come back as paper planes. How do you ask standing up, in two minutes, without a clipboard?",
        30,
    ),
    (
        "Kofi",
        "Staff retention",
        "a word of encouragement before Thursday",
        "I have to tell a good team that the summer contract is shorter than promised. If you have done this and they still spoke to you afterwards: how?",
        9,
    ),
]


def ask_for_help() -> None:
    """Let two people say what they need; the first has had an answer that came by mail."""
    space = Space.objects.get(name="The kettle")
    for name, topic, subject, body, hours in NEEDS:
        need = start_need(space, Topic.objects.get(name=topic), by=_called(name), subject=subject, body=body)
        _put_in_time(need, hours)
    first = Need.objects.earliest("pk").thread
    words = "We ask one thing only, and write the answer on our own hand, where they can see it. Then we read it back. They laugh, and say more."
    workflow.reply(first, by=_called("Leilani"), body=words)


def _put_in_time(need: Need, hours: int) -> None:
    at = timezone.now() - timedelta(hours=hours)
    Need.objects.filter(pk=need.pk).update(created_at=at)
    Post.objects.filter(thread=need.thread_id).update(posted_at=at, told_at=at)
    Thread.objects.filter(pk=need.thread_id).update(started_at=at, last_post_at=at)


def _called(first_name: str) -> User:
    person: User = User.objects.get(name__startswith=f"{first_name} ")
    return person
