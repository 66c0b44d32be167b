"""Concerns, which the vetting leads alone read. One begins a conversation with them, and stops nothing by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ambassadors.models import Concern, Nomination
from ambassadors.vetting import moves, rules
from ambassadors.vetting.telling import tell_leads
from foundation.models import Via
from foundation.workflow import apply, record

if TYPE_CHECKING:
    from ambassadors.models import User


@transaction.atomic
def raise_concern(nomination: Nomination, text: str, *, by: User, via: Via = Via.WEB) -> Concern:
    """Tell the leads of a concern about a case that one vets, leads or decides about."""
    if not rules.has_a_part(by, nomination):
        raise PermissionDenied(f"{by} has no part in {nomination}")
    return keep_concern(nomination, text, by=by, via=via)


def keep_concern(nomination: Nomination, text: str, *, by: User, via: Via = Via.WEB) -> Concern:
    """Keep what somebody wants the leads to know, inside a transaction of whoever has looked that they may say it here."""
    if not text.strip():
        raise ValidationError(_("Write what concerns you."))
    concern = Concern.objects.create(nomination=nomination, author=by, text=text.strip())
    record("raised a concern", concern, by=by, via=via, after=concern.status)
    tell_leads("concern", nomination, key=str(concern.pk))
    return concern


@transaction.atomic
def settle(concern: Concern, outcome: str, *, by: User, via: Via = Via.WEB) -> None:
    """Say what came of it."""
    if not outcome.strip():
        raise ValidationError(_("Write what came of it, in a sentence."))
    apply(moves.SETTLE, concern, by=by, via=via, outcome=outcome.strip())
