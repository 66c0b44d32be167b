"""The question of the month, to those who ticked that they pass the word on: what did you share, and with whom?"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from ambassadors.models import Ambassador, EngagementOffer, OutreachEntry, OutreachQuestion
from ambassadors.outreach import rules
from correspondence import due, outbox, preferences
from foundation.models import Via
from foundation.workflow import Transition, TransitionRefused, apply

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from ambassadors.models import User

S = OutreachQuestion.Status
FIRST_DAY = 24  # of the month: late enough that there is something to tell
MOST_UNANSWERED = 2  # after that, silence, until the person logs something by themselves
AT_ONCE = 200

ANSWER = Transition("answered the question of the month", frozenset({S.ASKED}), S.ANSWERED, rules.owns)


def ask_who_is_due() -> int:
    """Ask those who have not been asked this month, a few at each turn of the clock; return how many."""
    today = timezone.localdate()
    if today.day < FIRST_DAY:
        return 0
    month = today.replace(day=1)
    return sum(_ask(person.user, month) for person in _due(month)[:AT_ONCE])


def _due(month: date) -> QuerySet[Any]:
    asked = OutreachQuestion.objects.filter(person=OuterRef("user"), month=month)
    offers = EngagementOffer.objects.filter(option__passes_on=True, option__is_offered=True).available_on(timezone.now())
    people = Ambassador.objects.filter(pk__in=offers.values("ambassador"), is_observing=False).exclude(Exists(asked))
    people = people.exclude(user__in=preferences.who_switched_off("outreach_question"))
    return (
        people.annotate(left=Count("user__outreach_questions", filter=_left()))
        .filter(left__lt=MOST_UNANSWERED)
        .select_related("user")
        .order_by("pk")
    )


def _left() -> Any:
    """The questions that were left, after which their person logged nothing either."""
    later = OutreachEntry.objects.filter(person=OuterRef("user"), created_at__gt=OuterRef("user__outreach_questions__asked_at"))
    return Q(user__outreach_questions__status=S.ASKED) & ~Exists(later)


def _ask(person: User, month: date) -> bool:
    try:
        with transaction.atomic():
            question = OutreachQuestion.objects.create(person=person, month=month)
            outbox.post("outreach_question", person, key=f"outreach-question:{question.pk}", question=question.pk)
    except IntegrityError:  # two clocks asked the same at once: the person hears it once
        return False
    return True


def answered(question: OutreachQuestion, *, by: User, via: Via = Via.MAIL) -> None:
    """Something was said to it, be it that there is nothing to tell. A second answer changes nothing about that."""
    try:
        apply(ANSWER, question, by=by, via=via)
    except TransitionRefused:
        return


due.steps.add("what was shared this month", ask_who_is_due)
