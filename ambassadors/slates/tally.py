"""What leads and deciders see of the answers: numbers, once nobody can be swayed by them. Who is silent is not even counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from ambassadors.models import Nomination, SlateEntry
from ambassadors.nominations import rules

if TYPE_CHECKING:
    from ambassadors.models import Slate, User
    from ambassadors.slates.querysets import SlateEntryQuerySet

IN_TIME = Q(answers__is_late=False)


@dataclass(frozen=True)
class Tally:
    """How many said what of one nominee. `concerns` is for leads alone; None for others."""

    entry: SlateEntry
    support: int
    no_view: int
    concerns: int | None
    late: int


def of_slate(reader: User, slate: Slate) -> list[Tally]:
    """The numbers of a closed slate, nominee by nominee: of those whose case the reader may read."""
    return _tallies(reader, SlateEntry.objects.filter(slate=slate))


def of_case(reader: User, nomination: Nomination) -> list[Tally]:
    """The numbers of each closed slate that the case was on."""
    return _tallies(reader, SlateEntry.objects.filter(nomination=nomination))


def _tallies(reader: User, entries: SlateEntryQuerySet) -> list[Tally]:
    shown = entries.on_it().filter(slate__status="closed", nomination__in=Nomination.objects.led_by(reader))
    counted = shown.select_related("nomination", "slate").annotate(
        support=Count("answers", IN_TIME & Q(answers__answer="support")),
        no_view=Count("answers", IN_TIME & Q(answers__answer="no view")),
        concerned=Count("answers", IN_TIME & Q(answers__answer="concern")),
        late=Count("answers", Q(answers__is_late=True)),
    )
    is_lead = rules.leads(reader)
    return [
        Tally(entry, entry.support, entry.no_view, entry.concerned if is_lead else None, entry.late)
        for entry in counted.order_by("slate", "number")
    ]
