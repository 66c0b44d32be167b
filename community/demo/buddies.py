"""How it went on between the demo's newcomers and their buddies: two are deep in talk, of one buddy nothing was heard."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from ambassadors.models import User
from community.demo.newcomers import DAYS, WEEK_FOUR, WEEK_TWO
from correspondence.models import OutgoingMail
from discussions.models import Post, ReadMark, Thread
from discussions.workflow import reply
from foundation.models import Via
from welcome.buddies import sending, together
from welcome.models import BuddyMatch

# Who, after how many hours, by which door, in which words.
TALK = (
    (
        WEEK_TWO.name,
        9,
        Via.MAIL,
        (
            "Talofa Ngozi, and fa'afetai for this. What keeps me awake: I have eleven clinics, one car, and a form of forty questions that the ministry "
            "likes and no patient has ever finished. I ask four. Am I allowed to say so here, or is that bad manners?"
        ),
    ),
    (
        "Ngozi Adeyemi-Clarke",
        26,
        Via.WEB,
        (
            "Allowed? You would be carried round the room. We had a form of fifty-two and I can tell you which of them anybody ever used: three. "
            "Which are your four? And who reads the answers, you or the ministry?"
        ),
    ),
    (
        WEEK_TWO.name,
        50,
        Via.MAIL,
        (
            "How did you sleep, what did you eat yesterday, what stopped you from coming sooner, what should I ask next time. I read them in the car. "
            "The ministry gets a number. I would rather it got the third answer."
        ),
    ),
    (
        "Ngozi Adeyemi-Clarke",
        71,
        Via.WEB,
        (
            "Then I know whom you should meet: somebody in “Primary care” fought exactly that fight last year, and won half of it. Shall I introduce you? "
            "No hurry, and no is a perfectly good answer. I ring people on Thursdays, if you would like a voice."
        ),
    ),
)
ALONE = (
    WEEK_FOUR.name,
    20,
    Via.WEB,
    (
        "Thank you, Torquil! On a ferry school everything depends on the ice, also the mail. I teach nineteen children and one dog. Which two people should "
        "I know, if the subject is: a school that may not be there in five years?"
    ),
)


def welcome_and_talk() -> None:
    """Send both welcomes, and let time pass."""
    for name in (WEEK_TWO.name, WEEK_FOUR.name):
        _welcome(name, timezone.now() - timedelta(days=DAYS[name] - 1, hours=-2))
    for name, hours, via, words in (*TALK, ALONE):
        _say(name, hours, via, words)
    _stay_quiet(BuddyMatch.objects.get(newcomer__name=WEEK_FOUR.name, status="welcomed"))


@transaction.atomic
def _welcome(name: str, then: datetime) -> None:
    match = BuddyMatch.objects.select_related("newcomer", "buddy__person").get(newcomer__name=name, status="confirmed")
    sending.welcome(match, then)
    assert match.thread is not None  # noqa: S101  it was begun just now
    Thread.objects.filter(pk=match.thread.pk).update(started_at=then, last_post_at=then)
    Post.objects.filter(thread=match.thread).update(posted_at=then, told_at=then)
    _were_sent(then, match=match.pk)


def _say(name: str, hours: int, via: Via, words: str) -> None:
    """One of the two writes so many hours after the welcome."""
    person = User.objects.get(name=name)
    thread = Thread.objects.filter(kind="private", participants__person=person, pk__in=_of_matches()).latest("pk")
    at = thread.started_at + timedelta(hours=hours)
    post = reply(thread, by=person, body=words, via=via)
    Post.objects.filter(pk=post.pk).update(posted_at=at, told_at=at)
    Thread.objects.filter(pk=thread.pk).update(last_post_at=at)
    ReadMark.objects.filter(thread=thread, person=person).update(read_at=at)
    _were_sent(at, post=post.pk)


def _of_matches() -> list[int]:
    return list(BuddyMatch.objects.exclude(thread=None).values_list("thread", flat=True))


def _stay_quiet(match: BuddyMatch) -> None:
    """The buddy was reminded, and days later the team was offered somebody else: by the clock's own functions, then put back in time."""
    assert match.welcomed_at is not None  # noqa: S101  the welcome has left
    together.remind()
    reminded = match.welcomed_at + timedelta(days=3)
    BuddyMatch.objects.filter(pk=match.pk).update(reminded_at=reminded)
    together.offer_somebody_else()
    BuddyMatch.objects.filter(pk=match.pk).update(offered_at=reminded + timedelta(days=3))
    _were_sent(reminded, match=match.pk, kind="buddy_reminder")


def _were_sent(at: datetime, *, kind: str = "", **about: int) -> None:
    rows = OutgoingMail.objects.filter(about__contains=about, state="queued")
    rows = rows.filter(kind=kind) if kind else rows
    rows.update(state="sent", created_at=at, sent_at=at, due_at=at)
