"""Who is of GrowCom: given and taken by superusers and leads, with a line of history that the person reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ambassadors.models import VettingAssignment, VettingDuty
from ambassadors.vetting import moves, rules
from foundation.models import Via
from foundation.workflow import TransitionRefused, apply, record

if TYPE_CHECKING:
    from ambassadors.models import User


@transaction.atomic
def give_duty(person: User, *, is_vetter: bool, is_lead: bool, decides: bool, by: User, via: Via = Via.WEB) -> VettingDuty:
    """Say what somebody does in GrowCom. Leads and deciders are of the support team; one lead at least always remains."""
    _may(by)
    if (is_lead or decides) and not person.is_staff:
        raise ValidationError(_("Only somebody of the support team leads or decides. Take them into the team first."))
    if not person.is_member:
        raise ValidationError(_("%(name)s is not a member today.") % {"name": person})
    held = {row.person_id: row for row in _all_held()}
    wanted = {"is_vetter": is_vetter, "is_lead": is_lead, "decides": decides}
    if not is_lead:
        _keep_a_lead(held, person)
    duty, _is_new = VettingDuty.objects.update_or_create(person=person, defaults=wanted)
    if not is_vetter:
        _take_cases_of(person, by=by, via=via)
    said = ", ".join(name for name, is_so in wanted.items() if is_so) or "nothing"
    record("gave a duty in GrowCom", duty, by=by, via=via, about=person, note=said)
    return duty


@transaction.atomic
def release_from_duty(duty: VettingDuty, *, by: User, via: Via = Via.WEB) -> None:
    """Let somebody go from GrowCom: their open cases are taken back, what they gave stays."""
    _may(by)
    _keep_a_lead({row.person_id: row for row in _all_held()}, duty.person)
    _take_cases_of(duty.person, by=by, via=via)
    record("released from GrowCom", duty, by=by, via=via, about=duty.person)
    VettingDuty.objects.filter(pk=duty.pk).delete()


def _may(by: User) -> None:
    if not rules.gives_duties(by):
        raise PermissionDenied(f"{by} may not give duties in GrowCom")


def _all_held() -> list[VettingDuty]:
    # All of them are held until the end, in order: two leads who release each other at once would leave none.
    return list(VettingDuty.objects.select_for_update(of=("self",)).select_related("person").order_by("pk"))


def _keep_a_lead(held: dict[int, VettingDuty], person: User) -> None:
    own = held.get(person.pk)
    others = [
        row for row in held.values() if row.is_lead and row.person_id != person.pk and row.person.is_active and row.person.is_staff
    ]
    if own is not None and own.is_lead and not others:
        raise ValidationError(_("%(name)s is the last vetting lead. Make somebody else a lead first.") % {"name": person})


def _take_cases_of(person: User, *, by: User, via: Via) -> None:
    for one in VettingAssignment.objects.filter(vetter=person).waiting().order_by("pk"):
        try:
            apply(moves.END, one, by=by, via=via)
        except TransitionRefused:  # given a moment ago
            continue
