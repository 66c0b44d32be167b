"""Introductions of the demo: one that was made, one where somebody has said yes, one that nobody has answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from ambassadors.models import User
from community.demo.newcomers import WEEK_TWO
from correspondence.models import OutgoingMail
from discussions import workflow as talk
from discussions.models import Post, Thread
from welcome.introductions import workflow
from welcome.models import Introduction


@dataclass(frozen=True)
class Meeting:
    """Two people, the host's words to both, and how many days ago they were asked."""

    one: str
    two: str
    reason: str
    days: int
    answer: str = ""


MADE = Meeting(
    "Babatunde Olaleye",
    "Caleb Fontaine",
    "Babatunde, Caleb: you have both sat through the meeting in which a founder says “I am not leaving yet” for the fourth year. One of you wrote "
    "the succession plan, the other one had to live with it. I would love you to compare the two versions.",
    9,
    "Delighted. Ours was four pages long, and the first thing that happened was not in it. Shall we talk on Thursday, while the kettle boils?",
)
OPEN = [
    Meeting(
        "Torquil Abernathy-Singh",
        "Valentina Castellanos Iturbe",
        "One of you writes the rules for small schools, the other runs twelve of them up a mountain. Neither has ever had the other at the table, and I "
        "think that each would leave it with a shorter text.",
        4,
    ),
    Meeting(
        WEEK_TWO.name,
        "Mirjam Lindqvist",
        "You are new here, and Mirjam has answered more first questions about reserves than anybody I know, always with a story about a boat. You would "
        "like each other.",
        2,
    ),
]


def introduce_people(*, by: User) -> None:
    """Each by the real workflow, and then it is as long ago as they say."""
    made = _proposed(MADE, by)
    for name in (MADE.two, MADE.one):
        _accept(made, name)
    made.refresh_from_db()
    assert made.thread is not None  # noqa: S101  both have said yes
    talk.reply(made.thread, by=_named(MADE.two), body=MADE.answer)
    _put_in_time(made, MADE.days)
    for meeting in OPEN:
        _put_in_time(_proposed(meeting, by), meeting.days)
    first = Introduction.objects.visible_to(by).open().earliest("asked_at")
    _accept(first, OPEN[0].two)


def _accept(introduction: Introduction, name: str) -> None:
    person = _named(name)
    workflow.answer(introduction.sides.get(person=person), by=person, is_yes=True)


def _proposed(meeting: Meeting, host: User) -> Introduction:
    return workflow.propose(_named(meeting.one), _named(meeting.two), meeting.reason, by=host)


def _put_in_time(made: Introduction, days: int) -> None:
    at, sides = timezone.now() - timedelta(days=days), list(made.sides.values_list("pk", flat=True))
    ended_at = at + timedelta(days=3) if made.ended_at else None
    Introduction.objects.filter(pk=made.pk).update(asked_at=at, lapses_at=at + workflow.LASTS, ended_at=ended_at)
    told = OutgoingMail.objects.filter(kind="introduction_asked", about__side__in=sides)
    told.update(state="sent", created_at=at, sent_at=at)
    if made.thread_id and ended_at:
        Post.objects.filter(thread=made.thread_id).update(posted_at=ended_at, told_at=ended_at)
        Thread.objects.filter(pk=made.thread_id).update(started_at=ended_at, last_post_at=ended_at)


def _named(name: str) -> User:
    person: User = User.objects.get(name=name)
    return person
