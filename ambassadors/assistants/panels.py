"""What the profile of somebody with an assistant says to members."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser

from ambassadors.models import Ambassador, AssistantSeat
from foundation.panels import Panel, panels

if TYPE_CHECKING:
    from ambassadors.models import User


def works_with(reader: User | AnonymousUser, ambassador: Ambassador) -> dict[str, Any] | None:
    """That there is an assistant, for members: whoever writes with somebody knows who else may read along in the open spaces."""
    if not reader.is_authenticated or not reader.is_member:
        return None
    seats = AssistantSeat.objects.in_force().given_by(ambassador.user)  # unscoped: their name stands beside what they say anyway
    names = list(seats.order_by("name", "pk").values_list("name", flat=True))
    return {"names": names, "ambassador": ambassador} if names else None


panels.add("assistants", Panel("profile", "ambassadors/assistants/_works_with.html", works_with, weight=60))
