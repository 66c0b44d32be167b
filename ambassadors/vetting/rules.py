"""Who may do what in the vetting of a case, beyond what the rules of nominations say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ambassadors.models import Nomination, VettingAssignment, VettingDuty
from ambassadors.nominations.rules import is_barred, leads

if TYPE_CHECKING:
    from ambassadors.models import Concern, User

UNDER_WAY = frozenset({Nomination.Status.SUBMITTED, Nomination.Status.VETTING})
BEFORE_DECISION = UNDER_WAY | {Nomination.Status.SLATE}


def assesses(user: User | None, assignment: VettingAssignment) -> bool:
    """Whoever the case is assigned to, while they are of GrowCom and nothing bars them from it."""
    if user is None or user.pk != assignment.vetter_id or not user.is_member:
        return False
    return not is_barred(user, assignment.nomination) and VettingDuty.objects.vetters().filter(person=user).exists()


def leads_case_of(user: User | None, assignment: VettingAssignment) -> bool:
    """The leads of the case."""
    return leads(user, assignment.nomination)


def leads_case_about(user: User | None, concern: Concern) -> bool:
    """Likewise, of the case that a concern is about."""
    return leads(user, concern.nomination)


def has_a_part(user: User, nomination: Nomination) -> bool:
    """Whether `user` vets, leads or decides about this case."""
    return bool(Nomination.objects.cases_of(user).filter(pk=nomination.pk).exists())


def gives_duties(user: User | None) -> bool:
    """Who says who is of GrowCom: superusers and the vetting leads."""
    if user is None or not user.is_active or not user.is_staff:
        return False
    return bool(user.is_superuser) or leads(user)
