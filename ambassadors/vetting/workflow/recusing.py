"""Stepping back from a case: whatever somebody's duty, not one word of it reaches them from then on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction

from ambassadors.models import Nomination, Recusal, VettingAssignment
from ambassadors.vetting import moves, rules
from ambassadors.vetting.telling import tell_leads
from foundation.models import Via
from foundation.workflow import TransitionRefused, apply, record

if TYPE_CHECKING:
    from ambassadors.models import User

A = VettingAssignment.Status


@transaction.atomic
def step_back(nomination: Nomination, *, by: User, via: Via = Via.WEB) -> None:
    """Have nothing to do with a case any more. It cannot be taken back, and the leads hear that it happened, not why."""
    if not rules.has_a_part(by, nomination):
        raise PermissionDenied(f"{by} has no part in {nomination}")
    # Held until the end, so that no lead gives the case to somebody who steps back from it at this moment.
    Nomination.objects.select_for_update(no_key=True).get(pk=nomination.pk)
    # Pressed twice, it happened once.
    _row, is_new = Recusal.objects.get_or_create(nomination=nomination, person=by)
    if not is_new:
        return
    for one in VettingAssignment.objects.filter(nomination=nomination, vetter=by).counted():
        _step_back_from(one, by=by, via=via)
    record("stepped back from the case", nomination, by=by, via=via)
    tell_leads("stepped back", nomination, key=f"{nomination.pk}:{by.pk}")


def _step_back_from(one: VettingAssignment, *, by: User, via: Via) -> None:
    """What was given stays in the file and counts no more; what was only a draft goes."""
    was_draft = one.status == A.ASSIGNED
    try:
        apply(moves.STEP_BACK, one, by=by, via=via)
    except TransitionRefused:  # a lead has just taken it back
        return
    if was_draft:
        one.marks.all().delete()
        one.answers.all().delete()
        VettingAssignment.objects.filter(pk=one.pk).update(view="", comment="", acquaintance="")
