"""Whom leads may put on a slate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, QuerySet

from ambassadors.models import Nomination, Slate, SlateEntry, VettingAssignment

if TYPE_CHECKING:
    from ambassadors.models import User

MOST = 200


def ready_for(reader: User, slate: Slate) -> QuerySet[Nomination]:
    """The cases in vetting that the reader may read, of which every assessment that was asked for is given, and at least one."""
    counted = VettingAssignment.objects.counted().filter(nomination=OuterRef("pk"))
    cases = Nomination.objects.led_by(reader).filter(Exists(counted), ~Exists(counted.waiting()), status="vetting")
    on_it = SlateEntry.objects.filter(slate=slate, nomination=OuterRef("pk"))
    cases = cases.filter(~Exists(on_it)).select_related("sector").order_by("submitted_at", "pk")
    chosen: QuerySet[Nomination] = cases[:MOST]
    return chosen
