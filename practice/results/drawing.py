"""Results as drawings: for each proof point a bar of all answers around the middle of the scale, and where the mean stood before.

Bars are shares of those who chose a place; people who do not know stand beside, as a number. Coordinates are text, so that no locale puts a
comma into them. Units are those of a paper 100 wide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from practice.results.reading import ModuleResult, PointResult, Results
from practice.results.statistics import Spread


@dataclass(frozen=True)
class Piece:
    """The share of one place of the scale: where it begins and how wide it is."""

    place: int
    label: str
    count: int
    x: str
    width: str


@dataclass(frozen=True)
class Bar:
    """The answers to one proof point. `mean` and `before` are places on the paper, or empty."""

    result: PointResult
    pieces: tuple[Piece, ...]
    mean: str
    before: str


@dataclass(frozen=True)
class Drawn:
    """A module with its bars, the answers to all of it as one bar, and a dot for each proof point."""

    module: ModuleResult
    bars: tuple[Bar, ...]
    dots: tuple[tuple[str, bool], ...]


def drawn(results: Results) -> list[Drawn]:
    """Return the drawings of each module that is shown."""
    labels = results.asks.practice.answers
    return [
        Drawn(module, tuple(_bar(point, labels) for point in module.points), tuple(_dots(module))) for module in results.modules
    ]


def _bar(result: PointResult, labels: Sequence[str]) -> Bar:
    spread = result.spread
    if spread is None or not spread.people:
        return Bar(result, (), "", "")
    pieces, x = [], 0.0
    for place, count in enumerate(spread.counts, start=1):
        width = 100 * count / spread.people
        if count:
            pieces.append(Piece(place, labels[place - 1], count, _text(x), _text(width)))
        x += width
    return Bar(result, tuple(pieces), _at(spread), _at(result.before))


def _dots(module: ModuleResult) -> list[tuple[str, bool]]:
    """Where the mean of each shown proof point stands, and whether people are apart on it."""
    return [(_at(point.spread), bool(point.spread and point.spread.is_apart)) for point in module.shown]


def _at(spread: Spread | None) -> str:
    if spread is None or spread.mean is None:
        return ""
    return _text(100 * (spread.mean - 1) / (len(spread.counts) - 1))


def _text(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
