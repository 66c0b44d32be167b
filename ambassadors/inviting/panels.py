"""What the page of a case shows of its invitation, to those who run it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ambassadors.inviting import seats
from ambassadors.models import Invitation, Nomination
from foundation.panels import Panel, panels

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User


def _invitation(reader: User | AnonymousUser, case: Nomination) -> dict[str, Any] | None:
    rows = Invitation.objects.visible_to(reader).filter(nomination=case).with_wishes()
    invitation = rows.order_by("-pk").first()
    return None if invitation is None else {"invitation": invitation, "seats": seats.seats()}


panels.add("invitation of a case", Panel("case", "ambassadors/inviting/_invitation.html", _invitation, weight=30))
