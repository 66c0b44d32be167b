"""What conversations add to other pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser

from ambassadors.models import Ambassador
from foundation.panels import Panel, panels

if TYPE_CHECKING:
    from ambassadors.models import User


def write_to(reader: User | AnonymousUser, ambassador: Ambassador) -> dict[str, Any] | None:
    """A way to write to the person of a profile, for members; nobody writes to themselves or to who has left."""
    if not reader.is_authenticated or not reader.is_member or ambassador.user_id == reader.pk:
        return None
    if not (ambassador.status in {"active", "paused"} and ambassador.user.is_active):
        return None
    return {"ambassador": ambassador}


panels.add("write to", Panel("profile-head", "discussions/_write_to.html", write_to, weight=0))
