"""What the clock asks and says: a word before the close, and after some weeks, how it went."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from correspondence import outbox
from correspondence.due import steps
from discussions.asking.sessions import move_by_the_clock
from discussions.models import AskMeAbout, Follow, Post, Question
from discussions.words import to_plain

BEFORE = timedelta(days=2)
THANKS = 60  # characters: nobody says in fewer how it went


def remind_due() -> int:
    """Two days before the close: once, those who follow every reply and have not asked, and the host, who hears what still waits."""
    soon = AskMeAbout.objects.open_now().filter(closes_at__lte=timezone.now() + BEFORE, reminded_at=None)
    return sum(_remind(session) for session in soon)


@transaction.atomic
def _remind(session: AskMeAbout) -> int:
    # The moment is the token: of two clocks one sets it, and the mails go into the outbox in the same commit.
    if not AskMeAbout.objects.filter(pk=session.pk, reminded_at=None).update(reminded_at=timezone.now()):
        return 0
    followers = Follow.objects.filter(thread=session.thread_id, level=Follow.Level.EVERY)
    asked = Question.objects.filter(session=session, asker__isnull=False).values("asker")
    people = set(followers.exclude(person__in=asked).values_list("person", flat=True)) | {session.host_id} - {None}
    key = f"asking-closing:{session.pk}:{session.closes_on:%Y%m%d}"
    return outbox.post_many("asking_closing", sorted(pk for pk in people if pk), key=key, session=session.pk)


def follow_up_due() -> int:
    """Ask each asker once how it went, if they have not said so by now; return how many mails."""
    due = Question.objects.to_follow_up().filter(asker__isnull=False).select_related("asker", "answer", "session")
    return sum(_follow_up(question) for question in due.order_by("pk"))


@transaction.atomic
def _follow_up(question: Question) -> int:
    now = timezone.now()
    # One mail a person and session: whatever else of theirs comes due in it is asked about with it. Of two clocks one moves the date.
    theirs = Question.objects.filter(session=question.session_id, asker=question.asker_id, followed_up_at=None)
    if told := has_told(question):
        theirs.filter(follow_up_at__lte=now).update(follow_up_at=None, update=told)
        return 0
    mine = Question.objects.filter(pk=question.pk, followed_up_at=None, follow_up_at=question.follow_up_at)
    if not mine.update(followed_up_at=now):
        return 0
    theirs.filter(answered_at__isnull=False).update(follow_up_at=None)
    key = f"asking-follow-up:{question.session_id}:{question.asker_id}"
    return int(outbox.post("asking_follow_up", question.asker, key=key, question=question.pk) is not None)


def has_told(question: Question) -> Post | None:
    """What the asker has told in the thread of their own accord since they were answered: more than a thank-you, and no new question."""
    later = Post.objects.filter(thread=question.session.thread_id, author=question.asker_id, posted_at__gt=question.answered_at)
    told = later.filter(status="shown", questions=None).order_by("number")
    return next((post for post in told if len(to_plain(post.body)) > THANKS), None)


steps.add("Ask Me Abouts that open, close or end", move_by_the_clock)
steps.add("Ask Me Abouts that close soon", remind_due)
steps.add("how it went with what was asked", follow_up_due)
