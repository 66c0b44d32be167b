"""Asking without a name, answering with one. What the organisation does is recorded without who of it did it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from ambassadors.rules import is_support
from correspondence import outbox
from foundation.models import Topic
from foundation.workflow import Transition, TransitionRefused, anybody, apply, record
from practice.models import CommunityAnswer, CommunityQuestion, PracticeAdministrator, PracticeOrganization

if TYPE_CHECKING:
    from ambassadors.models import User
    from practice.help.finding import Point

S = CommunityQuestion.Status
DAY = timedelta(days=1)
QUESTIONS_A_DAY, WORDS_A_DAY = 2, 10

# Allowed by the functions below: the history of what an organisation does names nobody.
CLOSE = Transition("closed", frozenset({S.OPEN}), S.CLOSED, anybody)
TAKE_OFF = Transition(
    "took off", frozenset({S.OPEN, S.CLOSED}), S.OFF, lambda user, question: user is not None and is_support(user)
)


def asks_for(person: User, question: CommunityQuestion) -> bool:
    """Whether `person` runs the sessions of the organisation that asked."""
    return PracticeAdministrator.objects.filter(organization=question.organization_id, person=person).exists()


def may_answer(person: User, question: CommunityQuestion) -> bool:
    """Members, but for those who run the sessions of whoever asked: their name would stand under it."""
    return bool(person.is_member) and not asks_for(person, question)


@transaction.atomic
def ask(organization: PracticeOrganization, point: Point, *, by: User, words: str) -> CommunityQuestion:
    """Put a question before the community. Raises ValidationError for more than a day can bear, PermissionDenied for whoever runs nothing here."""
    # Held, so that somebody who presses twice, or two colleagues at once, are counted one by one.
    held = PracticeOrganization.objects.select_for_update(no_key=True).visible_to(by).filter(pk=organization.pk).first()
    if held is None:
        raise PermissionDenied("not theirs to ask for")
    recent = CommunityQuestion.objects.filter(organization=held, asked_at__gt=timezone.now() - DAY)
    if recent.count() >= QUESTIONS_A_DAY:
        raise ValidationError(
            {"words": _("Your organisation has asked twice today. Let the community answer, and ask on another day.")}
        )
    question = CommunityQuestion.objects.create(organization=held, item=point.item, words=words.strip())
    question.topics.set(Topic.objects.filter(slug__in=point.place.principle.topics))
    record("asked", question, by=None)
    return question


@transaction.atomic
def answer(question: CommunityQuestion, *, by: User, words: str) -> CommunityAnswer:
    """Answer with one's name. Raises PermissionDenied, TransitionRefused once it is closed or taken off, ValidationError for too many."""
    held = _held(question)
    if not may_answer(by, held):
        raise PermissionDenied("not theirs to answer")
    said = _say(held, words, by=by)
    _tell_askers(held)
    return said


@transaction.atomic
def follow_up(question: CommunityQuestion, *, by: User, words: str) -> CommunityAnswer:
    """Ask back, through the same relay: whoever has answered is told. Raises as `answer`."""
    held = _held(question)
    if not asks_for(by, held):
        raise PermissionDenied("not theirs to ask back")
    said = _say(held, words, by=None)
    for person in {
        one.by for one in CommunityAnswer.objects.answers().filter(question=held).select_related("by") if one.by is not None
    }:
        outbox.post("practice_question_followed", person, key=f"practice-followed:{said.pk}:{person.pk}", words=said.pk)
    return said


@transaction.atomic
def thank(said: CommunityAnswer, *, by: User) -> bool:
    """Thank for an answer, once; False when that was done already."""
    held = CommunityQuestion.objects.select_for_update(no_key=True).get(pk=said.question_id)
    if not asks_for(by, held):
        raise PermissionDenied("not theirs to thank for")
    return bool(CommunityAnswer.objects.answers().filter(pk=said.pk, thanked_at=None).update(thanked_at=timezone.now()))


@transaction.atomic
def close(question: CommunityQuestion, *, by: User) -> None:
    """Take no more answers. What was said stays. Raises TransitionRefused where it is not open."""
    if not asks_for(by, question):
        raise PermissionDenied("not theirs to close")
    apply(CLOSE, question, by=None)


@transaction.atomic
def take_off(question: CommunityQuestion, *, by: User, because: str) -> None:
    """The support team takes a question off the page; whoever asked is told why. Raises PermissionDenied, TransitionRefused."""
    held = CommunityQuestion.objects.select_for_update(no_key=True).get(pk=question.pk)
    apply(TAKE_OFF, held, by=by, off_because=because)
    for person in _askers(held):
        outbox.post(
            "practice_question_news", person, key=f"practice-question-off:{held.pk}:{person.pk}", question=held.pk, off=True
        )


@transaction.atomic
def take_off_words(said: CommunityAnswer, *, by: User, because: str) -> None:
    """The support team takes off one answer, or what was asked back. Raises PermissionDenied, TransitionRefused when it is off already."""
    if not is_support(by):
        raise PermissionDenied("for the support team")
    if not CommunityAnswer.objects.filter(pk=said.pk, off_at=None).update(off_at=timezone.now(), off_because=because):
        raise TransitionRefused(f"{said} is off already")
    record("took off", said, by=by)


@transaction.atomic
def take_back(said: CommunityAnswer, *, by: User) -> None:
    """Take back one's own words; what the organisation asked back is taken back by whoever runs its sessions. The words are gone.

    Raises PermissionDenied for anybody else, TransitionRefused when they are off already.
    """
    # Under the lock of the question, as whoever answers: a reply and its taking back pass one by one.
    held = CommunityQuestion.objects.select_for_update(no_key=True).get(pk=said.question_id)
    if not is_own(said, by, asks_for(by, held)):
        raise PermissionDenied("not theirs to take back")
    if not CommunityAnswer.objects.filter(pk=said.pk, off_at=None).update(off_at=timezone.now(), words=""):
        raise TransitionRefused(f"{said} is off already")
    record("took back", said, by=said.by)


def is_own(said: CommunityAnswer, person: User, asks: bool) -> bool:
    """Whether these are `person`'s words: said with their name, or by the organisation for which they ask."""
    return asks if said.is_from_asker else said.by_id == person.pk


def _held(question: CommunityQuestion) -> CommunityQuestion:
    """The question under its lock: it is not closed, and nobody is told twice, while somebody says something."""
    held = CommunityQuestion.objects.select_for_update(no_key=True).get(pk=question.pk)
    if held.status != S.OPEN:
        raise TransitionRefused(f"{held} is not open")
    return held


def _say(question: CommunityQuestion, words: str, *, by: User | None) -> CommunityAnswer:
    since = timezone.now() - DAY
    today = CommunityAnswer.objects.filter(question=question, by=by, is_from_asker=by is None, at__gt=since)
    if today.count() >= WORDS_A_DAY:
        raise ValidationError({"words": _("That is enough for one day: let the other side answer first.")})
    said = CommunityAnswer.objects.create(question=question, by=by, is_from_asker=by is None, words=words.strip())
    record("said something under", question, by=by)
    return said


def _tell_askers(question: CommunityQuestion) -> None:
    """Have the organisation told, once a day at most: a mail that has not left yet, or leaves later, tells of what comes meanwhile."""
    organization = PracticeOrganization.objects.select_for_update(no_key=True).get(pk=question.organization_id)
    now = timezone.now()
    last = CommunityQuestion.objects.filter(organization=organization).aggregate(last=Max("told_at"))["last"]
    if last is not None and last > now:
        return
    due = now if last is None else max(now, last + DAY)
    CommunityQuestion.objects.filter(pk=question.pk).update(told_at=due)
    for person in _askers(question):
        key = f"practice-question-news:{organization.pk}:{person.pk}:{due.isoformat()}"
        outbox.post("practice_question_news", person, key=key, wait=due - now, question=question.pk)


def _askers(question: CommunityQuestion) -> list[User]:
    seats = PracticeAdministrator.objects.filter(organization=question.organization_id).select_related("person")
    return [seat.person for seat in seats]
