"""What may be voted on: proof points and principles of the round. A few are suggested, from where people differ and from what they want."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from practice.models import InstrumentItem, LearningSession
from practice.results.reading import Results

WANTING = 4  # principles that matter much and are little so
Level = InstrumentItem.Level


@dataclass(frozen=True)
class Offered:
    """The items of a module that can be chosen, in the order of the instrument."""

    module: InstrumentItem
    items: tuple[InstrumentItem, ...]


def suggested(results: Results) -> list[str]:
    """Return keys: of the disagreements that the guide takes up, and of what matters much and is little so."""
    found = [one.point.key for one in results.most_apart] + [one.principle.key for one in results.wanting[:WANTING]]
    return list(dict.fromkeys(found))


def offered(session: LearningSession) -> list[Offered]:
    """Return all that a round asked, module by module."""
    items = list(session.instrument_edition.items.select_related("parent"))
    chosen = set(session.modules.values_list("pk", flat=True))
    return [Offered(one, tuple(_within(items, one))) for one in items if one.pk in chosen]


def _within(items: Sequence[InstrumentItem], module: InstrumentItem) -> list[InstrumentItem]:
    principles = {one.pk for one in items if one.parent_id == module.pk}
    return [one for one in items if one.pk in principles or one.parent_id in principles]
