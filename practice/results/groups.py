"""How groups of respondents (board, staff …) see the same thing. Read in one query, in which the database leaves out each proof point of
which one group is too small (querysets/answers.py); there is no narrower reading, so nothing can be taken off it.

Drawn, each principle is a line from the least to the most with a mark for each group at its mean, and each proof point on which groups differ
much a bar for each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count
from django.utils.translation import gettext as _

from practice.instruments.content import Instrument, Module, Principle, ProofPoint
from practice.models import Answer, LearningSession, Respondent
from practice.results.drawing import NEAR, STEP, Piece, on_scale, pieces, text_of
from practice.results.statistics import Spread, together

DIFFER = 0.5  # of a place of the scale: less is not called a difference
FOREMOST = 3
MARKS = 6  # there are so many shapes; further groups stand in the tables


@dataclass(frozen=True)
class ComparedPoint:
    """One proof point, with the answers of each group in the order of `Comparison.groups`; nobody of some may have been asked it."""

    point: ProofPoint
    spreads: tuple[Spread, ...]

    @property
    def gap(self) -> float:
        """By how many places of the scale the means of two groups differ at most."""
        return gap_of(self.spreads)


@dataclass(frozen=True)
class ComparedPrinciple:
    """One principle: of those of its proof points that all its groups have answered, all answers together."""

    principle: Principle
    points: tuple[ComparedPoint, ...]
    spreads: tuple[Spread, ...]

    @property
    def gap(self) -> float:
        return gap_of(self.spreads)


@dataclass(frozen=True)
class Comparison:
    """A round by group. There were `asked` proof points, and `left` of them are compared for nobody."""

    session: LearningSession
    asks: Instrument
    groups: tuple[str, ...]
    modules: tuple[tuple[Module, tuple[ComparedPrinciple, ...]], ...]
    asked: int
    left: int

    @property
    def foremost(self) -> list[ComparedPoint]:
        """Where groups differ most."""
        points = [point for _module, principles in self.modules for one in principles for point in one.points]
        return sorted((point for point in points if point.gap >= DIFFER), key=lambda point: -point.gap)[:FOREMOST]


def has_groups(session: LearningSession) -> bool:
    """Whether respondents were given groups by which they could be compared."""
    asked = Respondent.objects.filter(session=session).exclude(status__in=["withdrawn", "declined"])
    return asked.order_by().values("group").distinct().count() > 1


def compared(session: LearningSession) -> Comparison:
    """Return a closed session, or one that is held openly, by group."""
    asks, places = session.instrument_edition.content, len(session.instrument_edition.content.practice.answers)
    chosen = set(session.modules.values_list("key", flat=True))
    rows = Answer.objects.shown_by_group(session).values_list("item__key", "sheet__group", "value")
    counted: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0] * places))
    for key, group, value, count in rows.annotate(count=Count("pk")):
        counted[key][group][value - 1] += count
    groups = tuple(
        sorted({group for by_group in counted.values() for group in by_group}, key=lambda name: (not name, name.casefold()))
    )
    if len(groups) < 2:  # nobody to compare with
        counted, groups = {}, ()
    modules = [module for module in asks.modules if module.key in chosen]
    points = [point for module in modules for point in module.proof_points]
    found = [(module, tuple(_principles(module, counted, groups, places))) for module in modules]
    named = tuple(name or _("without a group") for name in groups)
    shown = tuple((module, principles) for module, principles in found if principles)
    return Comparison(session, asks, named, shown, len(points), sum(point.key not in counted for point in points))


def _principles(
    module: Module, counted: dict[str, dict[str, list[int]]], groups: Sequence[str], places: int
) -> list[ComparedPrinciple]:
    found = []
    for principle in module.principles:
        points = tuple(
            ComparedPoint(point, tuple(Spread(tuple(counted[point.key].get(group, [0] * places))) for group in groups))
            for point in principle.proof_points
            if point.key in counted
        )
        if points:
            found.append(ComparedPrinciple(principle, points, _together(points)))
    return found


def _together(points: Sequence[ComparedPoint]) -> tuple[Spread, ...]:
    """All answers of each group to those proof points that every group here has answered: means of different questions do not compare."""
    here = [place for place in range(len(points[0].spreads)) if any(point.spreads[place].people for point in points)]
    of_all = [point for point in points if all(point.spreads[place].people for place in here)]
    empty = Spread(tuple(0 for _count in points[0].spreads[0].counts))
    return tuple(
        together([point.spreads[place] for point in of_all]) if of_all else empty for place in range(len(points[0].spreads))
    )


def gap_of(spreads: Sequence[Spread]) -> float:
    """Return how far the highest mean lies above the lowest."""
    means = [spread.mean for spread in spreads if spread.mean is not None]
    return max(means) - min(means) if means else 0.0


class Mark(NamedTuple):
    """A group on the line of a principle; `number` says its shape."""

    number: int
    x: str
    y: str


class Line(NamedTuple):
    """A principle with its marks, and its means as they stand in the table. `height` is that of the drawing, `axis` where the line runs."""

    principle: Principle
    marks: tuple[Mark, ...]
    start: str
    end: str
    height: str
    axis: str
    means: tuple[float | None, ...]


class Bars(NamedTuple):
    """A proof point with a bar for each group that answered it: its name, its mean, its pieces."""

    point: ProofPoint
    rows: tuple[tuple[str, float | None, tuple[Piece, ...]], ...]


class Row(NamedTuple):
    """A proof point in the table: of each group the mean, and how many chose each place."""

    point: ProofPoint
    cells: tuple[tuple[float | None, str], ...]


def line_of(one: ComparedPrinciple) -> Line:
    """Return the line of a principle."""
    places = len(one.spreads[0].counts)
    placed: list[tuple[int, float, int]] = []
    for number, spread in enumerate(one.spreads[:MARKS], start=1):
        if spread.mean is not None:
            x, level = 100 * (spread.mean - 1) / (places - 1), 0
            while any(abs(x - other) < NEAR * 1.4 and level == its for _number, other, its in placed):
                level += 1
            placed.append((number, x, level))
    axis = 3 + max((level for _number, _x, level in placed), default=0) * STEP * 1.2
    marks = tuple(Mark(number, text_of(x), text_of(axis - level * STEP * 1.2)) for number, x, level in placed)
    ends = [spread.mean for spread in one.spreads if spread.mean is not None]
    start, end = (on_scale(min(ends), places), on_scale(max(ends), places)) if ends else ("", "")
    return Line(one.principle, marks, start, end, text_of(axis + 3), text_of(axis), tuple(spread.mean for spread in one.spreads))


def bars_of(point: ComparedPoint, groups: Sequence[str]) -> Bars:
    """Return the bars of a proof point."""
    shown = [(name, spread.mean, pieces(spread)) for name, spread in zip(groups, point.spreads, strict=True) if spread.people]
    return Bars(point.point, tuple(shown))


def row_of(point: ComparedPoint) -> Row:
    """Return the row of a proof point."""
    return Row(
        point.point,
        tuple((spread.mean, " · ".join(map(str, spread.counts)) if spread.people else "") for spread in point.spreads),
    )
