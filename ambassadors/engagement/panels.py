"""What a profile shows of somebody's offers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from ambassadors.models import Ambassador, EngagementOffer
from foundation.panels import Panel, panels

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User


def offers_of(reader: User | AnonymousUser, ambassador: Ambassador) -> dict[str, Any] | None:
    """What this person offered, as far as the reader may know; no panel where that is nothing."""
    offers = list(EngagementOffer.objects.visible_to(reader).filter(ambassador=ambassador).select_related("option"))
    today = timezone.localdate()
    rows = [{"offer": one, "is_paused": one.is_paused_on(today)} for one in offers]
    return {"rows": rows, "is_own": ambassador.user_id == reader.pk} if rows else None


panels.add("offers", Panel("profile", "ambassadors/_offers.html", offers_of, weight=5))
