"""Giving cases to vetters, and taking them back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from ambassadors.models import AdmissionRules, Nomination, VettingAssignment
from ambassadors.nominations import moves as nomination_moves
from ambassadors.nominations import rules as nomination_rules
from ambassadors.vetting import moves, rules
from ambassadors.vetting.days import site_today
from ambassadors.vetting.suggesting import Candidate, candidates
from correspondence import outbox
from foundation.models import Via
from foundation.workflow import Transition, TransitionRefused, apply, record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ambassadors.models import User

S = Nomination.Status


@transaction.atomic
def take_up(nomination: Nomination, *, by: User, via: Via = Via.WEB) -> None:
    """Say that the team has begun with a case; assigning it does so by itself."""
    apply(nomination_moves.TAKE_UP, nomination, by=by, via=via)


@transaction.atomic
def assign(
    nomination: Nomination,
    vetters: Iterable[User],
    *,
    by: User,
    due_on: date | None = None,
    even_away: bool = False,
    via: Via = Via.WEB,
) -> list[VettingAssignment]:
    """Put the case into the hands of `vetters`, who are told by mail; the first of them takes it into vetting.

    `due_on` ends with the day where the vetter is. Somebody who is away gets it only when `even_away` says that this is meant.
    """
    # Held until the end, so that two leads do not give one case twice, nor a case that is decided at this moment.
    locked = _locked(nomination, by=by)
    chosen = list(vetters)
    if not chosen:
        raise ValidationError(_("Choose at least one vetter."))
    _check(chosen, candidates(locked), even_away=even_away)
    due = due_on or site_today() + timedelta(days=AdmissionRules.current().vetting_days)
    given = [_give(locked, vetter, due, by=by, via=via) for vetter in chosen]
    if locked.status == S.SUBMITTED:
        apply(nomination_moves.TAKE_UP, locked, by=by, via=via)
    nomination.refresh_from_db()
    return given


@transaction.atomic
def substitute(
    assignment: VettingAssignment, vetter: User, *, by: User, even_away: bool = False, via: Via = Via.WEB
) -> VettingAssignment:
    """Let somebody else assess in the place of one who is away or silent. Both are told; the first one's access ends at once."""
    locked = _locked(assignment.nomination, by=by)
    _check([vetter], candidates(locked), even_away=even_away)
    _end(moves.REPLACE, assignment, by=by, via=via)
    due = site_today() + timedelta(days=AdmissionRules.current().vetting_days)
    return _give(locked, vetter, due, by=by, via=via, substitute_for=assignment)


@transaction.atomic
def take_back(assignment: VettingAssignment, *, by: User, via: Via = Via.WEB) -> None:
    """Take a case out of somebody's hands without giving it to somebody else."""
    _end(moves.TAKE_BACK, assignment, by=by, via=via)


def end_open(nomination: Nomination, *, by: User | None, via: Via = Via.WEB) -> int:
    """End the assignments of a case that is over, inside the transaction that ends it; return how many."""
    ended = 0
    for one in VettingAssignment.objects.filter(nomination=nomination).waiting().order_by("pk"):
        try:
            _end(moves.END, one, by=by, via=via)
        except TransitionRefused:  # given, or stepped back from, a moment ago
            continue
        ended += 1
    return ended


def _end(move: Transition, assignment: VettingAssignment, *, by: User | None, via: Via) -> None:
    apply(move, assignment, by=by, via=via)
    if assignment.vetter is not None:
        key = f"vetting-taken-back:{assignment.pk}"
        outbox.post("vetting_taken_back", assignment.vetter, key=key, assignment=assignment.pk)


def _locked(nomination: Nomination, *, by: User) -> Nomination:
    locked = Nomination.objects.select_for_update(no_key=True).get(pk=nomination.pk)
    if not nomination_rules.leads(by, locked):
        raise PermissionDenied(f"{by} may not assign {nomination}")
    if locked.status not in rules.UNDER_WAY:
        raise TransitionRefused(f"{nomination} is not in vetting")
    return locked


def _check(chosen: list[User], able: list[Candidate], *, even_away: bool) -> None:
    by_key = {one.person.pk: one for one in able}
    for vetter in chosen:
        one = by_key.get(vetter.pk)
        if one is None:
            raise ValidationError(_("%(name)s cannot be given this case.") % {"name": vetter})
        if not one.is_here and not even_away:
            raise ValidationError(
                _("%(name)s is %(reason)s. Choose somebody else, or say that you mean it.") % {"name": vetter, "reason": one.reason}
            )


def _give(
    nomination: Nomination,
    vetter: User,
    due: date,
    *,
    by: User,
    via: Via,
    substitute_for: VettingAssignment | None = None,
) -> VettingAssignment:
    one = VettingAssignment.objects.create(
        nomination=nomination, vetter=vetter, due_on=due, assigned_by=by, substitute_for=substitute_for
    )
    record("gave the case to a vetter", one, by=by, via=via, after=one.status)
    # The case moved on under everybody who reads it: a decider with an older page is asked to look again.
    Nomination.objects.filter(pk=nomination.pk).update(revision=F("revision") + 1)
    outbox.post("vetting_assigned", vetter, key=f"vetting-assigned:{one.pk}", assignment=one.pk)
    return one
