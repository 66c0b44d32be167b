"""What organisations share: a number for each principle of their last round, and whose number counts beside whose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import F
from django.utils import timezone

from practice.benchmark.belonging import groups_of
from practice.benchmark.quartiles import on_grid
from practice.instruments.content import Principle
from practice.models import (
    BenchmarkConsent,
    Instrument,
    InstrumentEdition,
    LearningSession,
    PracticeOrganization,
)
from practice.results import counting
from practice.results.counting import ByKey
from practice.results.statistics import Spread, together

AGE = timedelta(days=30)  # from when on an organisation counts

Values = dict[str, Decimal]  # by key of principle


@dataclass(frozen=True)
class Shared:
    """Of one instrument: the numbers of each consent that counts, and to which group each consent belongs, counting or not."""

    values: dict[int, Values]
    group: dict[int, int]

    def of(self, principle: str) -> dict[int, Decimal]:
        """Return the numbers of a principle: one of each group, of whoever of it agreed first."""
        found: dict[int, tuple[int, Decimal]] = {}
        for consent in sorted(self.values):
            if principle in self.values[consent]:
                found.setdefault(self.group[consent], (consent, self.values[consent][principle]))
        return dict(found.values())


def shared(instrument: Instrument) -> Shared:
    """Read what counts of an instrument now, in as many queries for one organisation as for a thousand."""
    consents = list(BenchmarkConsent.objects.filter(instrument=instrument).select_related("organization").order_by("pk"))
    counting_ones = {one.organization_id: one.pk for one in consents if one.withdrawn_at is None and is_of_age(one.organization)}
    numbers = values_of(instrument, counting_ones)
    group = groups_of([one.organization_id for one in consents])
    return Shared(
        {counting_ones[organization]: values for organization, values in numbers.items()},
        {one.pk: group[one.organization_id] for one in consents},
    )


def is_of_age(organization: PracticeOrganization) -> bool:
    """Whether it has been here long enough to count."""
    return counts_from(organization) <= timezone.now()


def counts_from(organization: PracticeOrganization) -> datetime:
    """Return from when on it counts."""
    founded: datetime = organization.created_at
    return founded + AGE


def values_of(instrument: Instrument, organizations: Iterable[int]) -> dict[int, Values]:
    """Return the numbers of organisations: each of their last closed round that was answered by links, if its scale is today's."""
    today = InstrumentEdition.objects.released().filter(instrument=instrument).first()
    if today is None:
        return {}
    scale = today.content.practice.answers
    rounds = _last_rounds(instrument, organizations)
    asked = InstrumentEdition.objects.filter(pk__in={one.instrument_edition_id for one in rounds})
    editions = {one.pk: one.content for one in asked}
    return {
        one.organization_id: _values(
            [principle for module in asks.modules for principle in module.principles],
            counting.answers_of(one.tally),
            places=len(scale),
            least=one.minimum,
        )
        for one in rounds
        if (asks := editions[one.instrument_edition_id]).practice.answers == scale and hasattr(one, "tally")
    }


def _last_rounds(instrument: Instrument, organizations: Iterable[int]) -> list[LearningSession]:
    closed = LearningSession.objects.filter(status=LearningSession.Status.CLOSED, is_from_file=False)
    rows = closed.filter(organization__in=list(organizations), instrument_edition__instrument=instrument)
    last = rows.order_by("organization", F("closed_at").desc(nulls_last=True), "-pk").distinct("organization")
    return list(last.select_related("tally"))


def _values(principles: Sequence[Principle], counted: ByKey, *, places: int, least: int) -> Values:
    """The mean of the shown answers to each principle, of proof points for which `least` people or more chose a place."""
    found: Values = {}
    for principle in principles:
        spreads = [
            Spread(tuple(counted[point.key].get(place, 0) for place in range(1, places + 1)))
            for point in principle.proof_points
            if point.key in counted
        ]
        mean = together([one for one in spreads if one.people >= least]).mean
        if mean is not None:
            found[principle.key] = on_grid(mean)
    return found
