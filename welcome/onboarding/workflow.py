"""How first weeks begin, go on and end. A step can be skipped and taken up again; whatever is done was noticed, never ticked."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.models import Via
from foundation.workflow import Transition, TransitionRefused, anybody, apply, record
from welcome.models import Onboarding, OnboardingStep
from welcome.onboarding.registry import steps
from welcome.onboarding.standing import Standing, standing_of

if TYPE_CHECKING:
    from ambassadors.models import User

LASTS = timedelta(days=60)
LATER = timedelta(days=14)  # how long "later" keeps a reminder away
S, T = Onboarding.Status, OnboardingStep.State


def _own(user: User | None, row: Onboarding | OnboardingStep) -> bool:
    held = row.onboarding if isinstance(row, OnboardingStep) else row
    return user is not None and user.is_active and user.pk == held.person_id


SKIP = Transition("skipped a first step", frozenset({T.OPEN}), T.SKIPPED, _own, _("Skip"), "state")
RESUME = Transition("took up a first step again", frozenset({T.SKIPPED}), T.OPEN, _own, _("Take it up again"), "state")
NOTICE = Transition("did a first step", frozenset({T.OPEN, T.SKIPPED}), T.DONE, anybody, field="state")
FINISH = Transition("settled their first steps", frozenset({S.OPEN}), S.DONE, anybody)
REOPEN = Transition("took up their first steps again", frozenset({S.DONE}), S.OPEN, _own)
RUN_OUT = Transition("was past their first weeks", frozenset({S.OPEN}), S.OVER, anybody)


@transaction.atomic
def begin(person: User, *, via: Via = Via.WEB) -> Onboarding:
    """Begin somebody's first weeks. Who has had them already does not begin again."""
    onboarding, is_new = Onboarding.objects.get_or_create(person=person)
    if is_new:
        record("began their first weeks", onboarding, by=person, via=via, about=person)
    return onboarding


@transaction.atomic
def skip(onboarding: Onboarding, names: Collection[str], *, by: User, via: Via = Via.WEB) -> list[str]:
    """Put steps aside, and return which of them were open until now. With the last one the first weeks are over."""
    held = hold(onboarding, by=by)
    put_aside = [name for name in names if _skip_one(held, name, by, via)]
    end_when_settled(held, by=by, via=via)
    onboarding.refresh_from_db()
    return put_aside


def _skip_one(held: Onboarding, name: str, by: User, via: Via) -> bool:
    step = _step_of(held, name)
    if step.state != T.OPEN or steps[name].is_done(by):
        return False
    apply(SKIP, step, by=by, via=via, about=by, history_note=name, at=timezone.now())
    OnboardingStep.objects.filter(pk=step.pk).update(via=via)
    return True


@transaction.atomic
def resume(onboarding: Onboarding, name: str, *, by: User, via: Via = Via.WEB) -> None:
    """Take up a step that was skipped. Raises TransitionRefused when it was not, or when the first weeks have passed."""
    held = hold(onboarding, by=by)
    if held.status == S.OVER:
        raise TransitionRefused(f"{held} is over")
    apply(RESUME, _step_of(held, name), by=by, via=via, about=by, history_note=name, at=timezone.now())
    if held.status == S.DONE:
        apply(REOPEN, held, by=by, via=via, about=by, ended_at=None)
    onboarding.refresh_from_db()


@transaction.atomic
def put_off(onboarding: Onboarding, *, by: User) -> None:
    """Send no reminder for a while."""
    held = hold(onboarding, by=by)
    Onboarding.objects.filter(pk=held.pk).update(not_before=timezone.now() + LATER)
    record("asked to be reminded later", held, by=by, via=Via.MAIL, about=by)


def hold(onboarding: Onboarding, *, by: User) -> Onboarding:
    """Lock the first weeks, so that two presses settle them one after the other."""
    if not _own(by, onboarding):
        raise PermissionDenied(f"{by} may not change {onboarding}")
    held: Onboarding = Onboarding.objects.select_for_update(no_key=True).get(pk=onboarding.pk)
    return held


def _step_of(held: Onboarding, name: str) -> OnboardingStep:
    """The row of a step; until something happens to it, it has none."""
    step, _is_new = OnboardingStep.objects.get_or_create(onboarding=held, name=name)
    step.onboarding = held
    return step


def end_when_settled(held: Onboarding, *, by: User | None, via: Via) -> bool:
    """End first weeks of which nothing is left to do."""
    if held.status != S.OPEN or standing_of(held).left:
        return False
    apply(FINISH, held, by=by, via=via, about=held.person, ended_at=timezone.now())
    return True


@transaction.atomic
def settle(onboarding: Onboarding, standing: Standing) -> None:
    """By the clock: keep what was done, and end what is over. `standing` was read a moment ago; done stays done."""
    held: Onboarding = Onboarding.objects.select_for_update(no_key=True).select_related("person").get(pk=onboarding.pk)
    if held.status != S.OPEN:  # the person, or another clock, was here while we waited
        return
    for name in standing.noticed:
        step = _step_of(held, name)
        if step.state != T.DONE:
            apply(NOTICE, step, by=None, via=Via.CLOCK, about=held.person, history_note=name, at=timezone.now())
            OnboardingStep.objects.filter(pk=step.pk).update(via=Via.CLOCK)
    if not end_when_settled(held, by=None, via=Via.CLOCK) and held.began_at < timezone.now() - LASTS:
        apply(RUN_OUT, held, by=None, via=Via.CLOCK, about=held.person, ended_at=timezone.now())
