"""When an edition of an instrument is published, its items become rows: from then on sessions ask them, and they stay as they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.dispatch import receiver

from practice.instruments.content import Instrument
from practice.models import InstrumentEdition, InstrumentItem
from products.models import Edition
from products.signals import edition_moved

Level = InstrumentItem.Level


@receiver(edition_moved, dispatch_uid="practice: release an instrument")
def release(edition: Edition, **_signal: Any) -> None:
    """Write the items of an edition that is published now. Sessions that run keep the edition with which they began."""
    if edition.status != Edition.Status.PUBLISHED:
        return
    found = InstrumentEdition.objects.filter(edition=edition).first()
    if found is not None and not found.items.exists():
        _write(found)


def _write(edition: InstrumentEdition) -> None:
    rows = list(_rows(edition.content))
    kept: dict[str, InstrumentItem] = {}
    for level in Level:
        of_level = [
            InstrumentItem(edition=edition, level=level, position=place, parent=kept.get(parent), **said)
            for place, (its_level, parent, said) in enumerate(rows, start=1)
            if its_level == level
        ]
        kept |= {item.code: item for item in InstrumentItem.objects.bulk_create(of_level)}


def _rows(instrument: Instrument) -> Iterator[tuple[int, str, dict[str, str]]]:
    """Level, code of what it is part of, and fields, in the order in which they are read."""
    for module in instrument.modules:
        said = {"key": module.key, "code": module.code, "text": module.title, "about": module.about, "pillar": module.pillar}
        yield Level.MODULE, "", said
        for principle in module.principles:
            yield Level.PRINCIPLE, module.code, {"key": principle.key, "code": principle.code, "text": principle.title}
            for point in principle.proof_points:
                yield Level.PROOF_POINT, principle.code, {"key": point.key, "code": point.code, "text": point.text}
