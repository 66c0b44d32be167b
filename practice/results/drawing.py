"""Results as drawings. Coordinates are text, so that no locale puts a comma into them.

A *strip* stands on the scale, from its least (0) to its most (100): a dot for each proof point at the mean of its answers, a mark for all of
them, and where that mark stood the round before. A *bar* is as long as everybody who chose a place; its pieces are the places, in the tones 1 to 5
from quiet to strong. A *pair* shows on one line how far a principle is so and how much it matters, each from its least to its most.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from practice.results.reading import ModuleResult, PointResult, PrincipleResult, Results
from practice.results.statistics import Spread, tones

NEAR, STEP = 2.6, 3.2  # dots nearer than this stand above each other, so far apart
ROOM = 7.0  # a piece narrower than this carries no number


@dataclass(frozen=True)
class Piece:
    """The share of one place of the scale."""

    tone: int
    people: int
    x: str
    width: str
    middle: str
    has_room: bool


@dataclass(frozen=True)
class Bar:
    """The answers to one proof point, and thinner those of the round before."""

    result: PointResult
    pieces: tuple[Piece, ...]
    before: tuple[Piece, ...]


@dataclass(frozen=True)
class Dot:
    """One proof point on a strip."""

    x: str
    y: str
    is_apart: bool


@dataclass(frozen=True)
class Strip:
    """The dots of a module. `height` is that of the drawing; `line` where the axis runs; `mark` and `before` are places or empty."""

    dots: tuple[Dot, ...]
    grid: tuple[str, ...]
    height: str
    line: str
    mark: str
    before: str

    @property
    def has_moved(self) -> bool:
        return bool(self.before) and abs(float(self.mark) - float(self.before)) >= 1


@dataclass(frozen=True)
class Pair:
    """How far a principle is so, and how much it matters."""

    result: PrincipleResult
    is_so: str
    matters: str


@dataclass(frozen=True)
class Group:
    """A principle with the bars of its proof points."""

    pair: Pair
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Drawn:
    """A module."""

    module: ModuleResult
    strip: Strip
    groups: tuple[Group, ...]


def drawn(results: Results) -> list[Drawn]:
    """Return the drawings of each module that is shown."""
    places = len(results.asks.practice.answers)
    return [Drawn(module, _strip(module, places), tuple(_group(one) for one in module.principles)) for module in results.modules]


def pairs(principles: Sequence[PrincipleResult]) -> list[Pair]:
    """Return those of which both can be shown."""
    return [_pair(one) for one in principles if one.gap is not None]


def _group(result: PrincipleResult) -> Group:
    return Group(_pair(result), tuple(_bar(point) for point in result.points))


def _pair(result: PrincipleResult) -> Pair:
    return Pair(result, _at(result.spread), _at(result.importance))


def _bar(result: PointResult) -> Bar:
    return Bar(result, pieces(result.spread), pieces(result.before))


def pieces(spread: Spread | None) -> tuple[Piece, ...]:
    """Return the pieces of a bar, from the least of the scale to the most."""
    if spread is None or not spread.people:
        return ()
    found, x = [], 0.0
    for tone, count in zip(tones(len(spread.counts)), spread.counts, strict=True):
        width = 100 * count / spread.people
        if count:
            found.append(Piece(tone, count, text_of(x), text_of(width), text_of(x + width / 2), width >= ROOM))
        x += width
    return tuple(found)


def _strip(module: ModuleResult, places: int) -> Strip:
    placed: list[tuple[float, int, bool]] = []
    for point in sorted(module.shown, key=_x):
        x, level = _x(point), 0
        while any(abs(x - other) < NEAR and level == its for other, its, _apart in placed):
            level += 1
        placed.append((x, level, bool(point.spread and point.spread.is_apart)))
    top = max((level for _x_of, level, _apart in placed), default=0)
    line = 3 + top * STEP
    dots = tuple(Dot(text_of(x), text_of(line - level * STEP), is_apart) for x, level, is_apart in placed)
    grid = tuple(text_of(100 * place / (places - 1)) for place in range(places))
    mark, before = (on_scale(module.mean, places), on_scale(module.before, places))
    return Strip(dots, grid, text_of(line + 6), text_of(line), mark, before)


def _x(point: PointResult) -> float:
    spread = point.spread
    return 0.0 if spread is None or spread.mean is None else 100 * (spread.mean - 1) / (len(spread.counts) - 1)


def _at(spread: Spread | None) -> str:
    return "" if spread is None else on_scale(spread.mean, len(spread.counts))


def on_scale(mean: float | None, places: int) -> str:
    """Return where a mean stands, from 0 to 100; empty where there is none."""
    return "" if mean is None else text_of(min(100.0, max(0.0, 100 * (mean - 1) / (places - 1))))


def text_of(number: float) -> str:
    """Return a coordinate."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
