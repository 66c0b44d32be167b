"""On the page about the practice: the instruments with which organisations can begin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from foundation.models import Community
from foundation.panels import Panel, panels
from practice.models import InstrumentEdition

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User


def offered(reader: User | AnonymousUser, _community: Community) -> dict[str, Any] | None:
    """The released instruments, each in its current edition."""
    rows = InstrumentEdition.objects.visible_to(reader).released().select_related("instrument", "edition")
    editions = list(rows.order_by("edition__published_at", "pk"))
    return {"editions": editions} if editions else None


panels.add("instruments", Panel("practice", "practice/instruments/_offered.html", offered, weight=10))
