"""The principles that one respondent is asked, in their order, and how far they are."""

from __future__ import annotations

from dataclasses import dataclass

from practice.answering.saving import answered_principles
from practice.instruments.content import Module, Principle
from practice.models import InstrumentItem, Respondent


@dataclass(frozen=True)
class Place:
    """One principle on the way: `number` from 1, and how many of its proof points are answered."""

    number: int
    module: Module
    principle: Principle
    item: InstrumentItem
    answered: int

    @property
    def asked(self) -> int:
        return len(self.principle.proof_points)


def places_of(respondent: Respondent) -> list[Place]:
    """Return the principles of the modules that a respondent was given, as far as the session asks them."""
    edition = respondent.session.instrument_edition
    chosen = set(respondent.modules.values_list("key", flat=True)) & set(respondent.session.modules.values_list("key", flat=True))
    items = {item.key: item for item in InstrumentItem.objects.filter(edition=edition, level=InstrumentItem.Level.PRINCIPLE)}
    answered = answered_principles(respondent)
    walked = [(module, principle) for module in edition.content.modules if module.key in chosen for principle in module.principles]
    return [
        Place(number, module, principle, items[principle.key], answered.get(items[principle.key].pk, 0))
        for number, (module, principle) in enumerate(walked, start=1)
    ]
