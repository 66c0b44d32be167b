"""The page of a benchmark: an organisation's own numbers, and beside them the quartiles that may be shown to it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from practice.benchmark.sharing import counts_from, is_of_age, values_of
from practice.instruments.content import Instrument as Asks
from practice.instruments.content import Module, Principle
from practice.models import BenchmarkConsent, BenchmarkFigure, InstrumentEdition, LearningSession

if TYPE_CHECKING:
    from datetime import datetime

    from ambassadors.models import User

NARROW = 1.6  # of a hundred: a box is never thinner


@dataclass(frozen=True)
class Box:
    """Where things stand on a scale drawn from 0 to 100, as text."""

    grid: tuple[str, ...]
    own: str
    left: str = ""
    width: str = ""
    middle: str = ""


@dataclass(frozen=True)
class Row:
    """A principle of which the organisation shares a number, and the quartiles if there are any for it to see."""

    principle: Principle
    own: Decimal
    figure: BenchmarkFigure | None
    box: Box


@dataclass(frozen=True)
class Part:
    """A module."""

    module: Module
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Page:
    """Everything on it. `waits_until` is the day from which on an organisation that is too young counts."""

    asks: Asks
    parts: tuple[Part, ...]
    consent: BenchmarkConsent | None
    waits_until: datetime | None

    @cached_property
    def rows(self) -> list[Row]:
        return [row for part in self.parts for row in part.rows]

    @cached_property
    def alone(self) -> list[Row]:
        """Principles of which there is the organisation's own number and nothing beside it."""
        return [row for row in self.rows if row.figure is None]

    @cached_property
    def beside(self) -> list[Row]:
        """Principles of which there are quartiles beside it."""
        return [row for row in self.rows if row.figure is not None]

    @cached_property
    def drawn(self) -> list[Part]:
        """The same, module by module."""
        parts = [Part(part.module, tuple(row for row in part.rows if row.figure is not None)) for part in self.parts]
        return [part for part in parts if part.rows]


def page_of(session: LearningSession, reader: User) -> Page:
    """Return the page of the organisation and the instrument of a round. Quartiles are there for whoever shares a number of the principle themselves, and counts."""
    organization, instrument = session.organization, session.instrument_edition.instrument
    edition = InstrumentEdition.objects.released().filter(instrument=instrument).first() or session.instrument_edition
    consent = (
        BenchmarkConsent.objects.visible_to(reader).standing().filter(organization=organization, instrument=instrument).first()
    )
    own = values_of(instrument, [organization.pk]).get(organization.pk, {})
    is_young = not is_of_age(organization)
    figures = {}
    if consent is not None and not is_young:
        seen = BenchmarkFigure.objects.visible_to(reader).filter(instrument=instrument, principle__in=own)
        figures = {one.principle: one for one in seen}
    places = len(edition.content.practice.answers)
    parts = [
        Part(module, tuple(_row(one, own[one.key], figures.get(one.key), places) for one in module.principles if one.key in own))
        for module in edition.content.modules
    ]
    return Page(
        edition.content, tuple(part for part in parts if part.rows), consent, counts_from(organization) if is_young else None
    )


def _row(principle: Principle, own: Decimal, figure: BenchmarkFigure | None, places: int) -> Row:
    return Row(principle, own, figure, _box(own, figure, places))


def _box(own: Decimal, figure: BenchmarkFigure | None, places: int) -> Box:
    grid = tuple(_at(Decimal(place), places) for place in range(1, places + 1))
    mark = _at(own, places)
    if figure is None:
        return Box(grid, mark)
    left, right = (float(_at(one, places)) for one in (figure.lower, figure.upper))
    width = max(right - left, NARROW)
    left = min(max((left + right - width) / 2, 0.0), 100 - width)
    return Box(grid, mark, _text(left), _text(width), _at(figure.middle, places))


def _at(number: Decimal, places: int) -> str:
    return _text(100 * (float(number) - 1) / (places - 1))


def _text(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
