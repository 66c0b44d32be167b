"""Pausing, leaving, and coming back, by oneself."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F, Func, Value
from django.db.models.fields import DateField
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _

from ambassadors import rules, workflow
from ambassadors.models import Ambassador, ReturnRequest, User
from correspondence import outbox
from foundation.workflow import Transition, TransitionRefused, apply, record

if TYPE_CHECKING:
    from django.db.models import QuerySet

S = ReturnRequest.Status


def may_answer(user: User | None, wish: ReturnRequest) -> bool:
    """The support team answers."""
    return rules.is_support(user)


def is_own(user: User | None, wish: ReturnRequest) -> bool:
    """Whoever wished it may take it back."""
    return user is not None and user.pk == wish.person_id


ANSWER = Transition("answered a wish to come back", frozenset({S.OPEN}), S.ANSWERED, may_answer, _("I have written to them"))
WITHDRAW = Transition("took back the wish to come back", frozenset({S.OPEN}), S.WITHDRAWN, is_own)


@transaction.atomic
def leave(ambassador: Ambassador, *, by: User, listed_for: str, is_credited: bool) -> None:
    """Leave as an alumnus: who finds them from now on, and whether what they did keeps their name. Says goodbye by mail."""
    if ambassador.user.is_staff:
        raise ValidationError(_("You are of the support team. Ask a colleague to release you from it first."))
    workflow.make_alumni(ambassador, by=by, listed_for=listed_for, is_credited=is_credited)


@transaction.atomic
def ask_to_return(person: User, words: str) -> ReturnRequest:
    """Tell the support team that an alumnus would like to come back."""
    if not Ambassador.objects.filter(user=person, status=Ambassador.Status.ALUMNI).exists():
        raise TransitionRefused(f"{person} has not left")
    try:
        with transaction.atomic():
            wish = ReturnRequest.objects.create(person=person, words=words.strip())
    except IntegrityError as error:  # pressed twice
        raise ValidationError(_("Your wish is with the support team already.")) from error
    record("asked to come back", wish, by=person, about=person)
    return wish


def withdraw_wish(wish: ReturnRequest, *, by: User) -> None:
    """Stay an alumnus after all."""
    apply(WITHDRAW, wish, by=by, about=wish.person)


def answer_wish(wish: ReturnRequest, *, by: User) -> None:
    """Note that somebody of the support team wrote to the person."""
    apply(ANSWER, wish, by=by, about=wish.person)


def due_to_return() -> QuerySet[Ambassador]:
    """Those whose pause is over, each on the day it is where they are."""
    today: Any = Cast(Func(F("user__time_zone"), Value(timezone.now()), function="timezone"), DateField())
    return Ambassador.objects.filter(status=Ambassador.Status.PAUSED, paused_until__lte=today).select_related("user")


def end_pauses() -> int:
    """Let everybody come back whose pause is over; return how many. Two clocks do no harm: one of them finds nobody pausing."""
    return sum(_end_pause(ambassador) for ambassador in due_to_return()[:500])


@transaction.atomic
def _end_pause(ambassador: Ambassador) -> int:
    until: date | None = ambassador.paused_until
    try:
        workflow.end_pause_by_clock(ambassador)
    except TransitionRefused:  # they came back by themselves a moment ago
        return 0
    outbox.post("pause_over", ambassador.user, key=f"pause-over:{ambassador.pk}:{until}", ambassador=ambassador.pk)
    return 1
