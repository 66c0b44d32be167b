"""Figures, drawn on the server: from dates and numbers to the places on the paper that `templates/figures/` fills in.

A drawing holds coordinates as text, so that no locale puts a comma into them, and the words that stand beside them. Each figure is drawn
twice, for a wide page and for a phone, because letters that shrink with the paper cannot be read; the style sheet shows one of the two.
The table behind it is the page's to give: it must tell no more than the figure, and no less.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.formats import date_format, number_format

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True)
class Paper:
    """The room for a drawing, in its own units: about pixels on the screens it is for."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    most_dates: int
    names_marks: bool


WIDE = Paper(width=720, height=380, left=48, right=24, top=28, bottom=36, most_dates=8, names_marks=True)
NARROW = Paper(width=340, height=320, left=34, right=16, top=28, bottom=32, most_dates=4, names_marks=False)


@dataclass(frozen=True)
class Goal:
    """A number to reach by a day."""

    value: int
    by: date
    label: str | StrPromise
    short: str | StrPromise = ""


@dataclass(frozen=True)
class Mark:
    """A number that was reached on a day."""

    value: int
    on: date
    label: str | StrPromise
    short: str | StrPromise = ""


@dataclass(frozen=True)
class Spot:
    """One thing on the paper, and where its words stand. `end` is where a line from the left ends."""

    x: str
    y: str
    label: str
    text_x: str = ""
    text_y: str = ""
    anchor: str = "start"
    has_point: bool = True


@dataclass(frozen=True)
class Stepped:
    """A stepped line against goals, with marks on it."""

    paper: Paper
    line: str
    area: str
    dates: list[Spot]
    numbers: list[Spot]
    goals: list[Spot]
    marks: list[Spot]
    last: Spot | None

    @property
    def base(self) -> int:
        """Where zero is."""
        return self.paper.height - self.paper.bottom

    @property
    def end(self) -> int:
        """The right edge."""
        return self.paper.width - self.paper.right


def stepped(
    steps: Sequence[tuple[date, int]], goals: Sequence[Goal], marks: Sequence[Mark], *, last_label: str, paper: Paper
) -> Stepped:
    """Draw the `steps` (a day and the number from then on; the last one is today's), with the goals still ahead to the right of it."""
    first, today = steps[0][0], steps[-1][0]
    end = _last_day(first, today, [goal.by for goal in goals])
    highest = max([value for _day, value in steps] + [goal.value for goal in goals] + [mark.value for mark in marks] + [1])
    unit = _unit(highest)
    across = _scale(first.toordinal(), end.toordinal(), paper.left, paper.width - paper.right)
    up = _scale(0, -(-highest // unit) * unit, paper.height - paper.bottom, paper.top)
    line = _line(steps, across, up)
    return Stepped(
        paper=paper,
        line=line,
        area=f"{line}V{up(0):.1f}H{across(first.toordinal()):.1f}Z",
        dates=_dates(first, end, across, paper),
        numbers=[
            Spot("", f"{up(value):.1f}", number_format(value), text_x=str(paper.left - 8))
            for value in range(0, -(-highest // unit) * unit + 1, unit)
        ],
        goals=[_goal(goal, end, across, up, paper) for goal in goals],
        marks=[_mark(mark, across, up, paper) for mark in marks if first <= mark.on <= end],
        last=_last(steps[-1], last_label, across, up, paper),
    )


def _scale(low: float, high: float, start: float, end: float) -> Callable[[float], float]:
    span = (high - low) or 1
    return lambda value: start + (value - low) / span * (end - start)


def _last_day(first: date, today: date, ends: list[date]) -> date:
    """Far goals are worth a look ahead, but never more paper than what has been."""
    furthest = today + max(today - first, timedelta(days=180))
    return min(max([today, *ends]), furthest) + timedelta(days=20)


def _unit(highest: int) -> int:
    """A round number that divides the height into at most six."""
    size = 1
    while True:
        for unit in (size, 2 * size, 5 * size):
            if highest <= 6 * unit:
                return unit
        size *= 10


def _line(steps: Sequence[tuple[date, int]], across: Callable[[float], float], up: Callable[[float], float]) -> str:
    day, value = steps[0]
    path = f"M{across(day.toordinal()):.1f} {up(value):.1f}"
    for day, value in steps[1:]:
        path += f"H{across(day.toordinal()):.1f}V{up(value):.1f}"
    return path


def _dates(first: date, end: date, across: Callable[[float], float], paper: Paper) -> list[Spot]:
    """The beginnings of years, or of months where there is less than two years to see."""
    months = (end.year - first.year) * 12 + end.month - first.month
    every = next(step for step in (1, 2, 3, 6, 12, 24, 36, 60, 120, 240, 1200) if months / step <= paper.most_dates)
    name = "M Y" if every < 12 else "Y"
    found = []
    for month in range(first.year * 12 + first.month, end.year * 12 + end.month):
        day = date(month // 12, month % 12 + 1, 1)
        if day > first and month % every == 0:
            found.append(Spot(f"{across(day.toordinal()):.1f}", "", date_format(day, name)))
    return found


def _goal(goal: Goal, end: date, across: Callable[[float], float], up: Callable[[float], float], paper: Paper) -> Spot:
    x, y = across(min(goal.by, end).toordinal()), up(goal.value)
    label = str(goal.label if paper.names_marks else goal.short or goal.label)
    return Spot(f"{x:.1f}", f"{y:.1f}", label, f"{paper.left + 6}", f"{y - 7:.1f}", has_point=goal.by <= end)


def _mark(mark: Mark, across: Callable[[float], float], up: Callable[[float], float], paper: Paper) -> Spot:
    x, y = across(mark.on.toordinal()), up(mark.value)
    label = str(mark.label if paper.names_marks else mark.short or mark.label)
    return _beside(x, y, label, paper)


def _beside(x: float, y: float, label: str, paper: Paper) -> Spot:
    """To the right below the point, in the ground that a growing line leaves there; left above it where the right edge is near."""
    if x + 8 * len(label) < paper.width - paper.right:
        return Spot(f"{x:.1f}", f"{y:.1f}", label, f"{x + 8:.1f}", f"{y + 18:.1f}")
    return Spot(f"{x:.1f}", f"{y:.1f}", label, f"{x - 8:.1f}", f"{y - 8:.1f}", "end")


def _last(step: tuple[date, int], label: str, across: Callable[[float], float], up: Callable[[float], float], paper: Paper) -> Spot:
    x, y = across(step[0].toordinal()), up(step[1])
    has_room = paper.width - paper.right - x > 9 * len(label) + 10
    anchor, text_x, text_y = ("start", x + 10, y + 5) if has_room else ("end", x - 8, y - 10)
    return Spot(f"{x:.1f}", f"{y:.1f}", label, f"{text_x:.1f}", f"{text_y:.1f}", anchor)


@dataclass(frozen=True)
class Bar:
    """One part of a whole. A part whose `share` is None is there, and its size is not told."""

    label: str
    text: str
    share: int | None


@dataclass(frozen=True)
class DrawnBar:
    """A bar with its place."""

    label: str
    text: str
    is_told: bool
    y: int
    bar_y: int
    width: str
    text_x: str


@dataclass(frozen=True)
class Bars:
    """Bars below each other: each with its name and its number in words."""

    width: int
    height: int
    label_x: int
    bar_x: int
    bars: list[DrawnBar]
    is_wide: bool


def bars(parts: Sequence[Bar], *, wide: bool) -> Bars:
    """Draw the parts, the longest bar as long as the paper allows."""
    form = WIDE_BARS if wide else NARROW_BARS
    longest = max([part.share or 0 for part in parts] + [1])
    drawn = [_drawn(part, number * form.row, longest, form) for number, part in enumerate(parts)]
    return Bars(form.width, form.row * len(parts), form.label_x, form.bar_x, drawn, wide)


@dataclass(frozen=True)
class BarForm:
    """How a row of bars is laid out: `beside` each other the name, the bar and its number, or the bar below the two."""

    width: int
    label_x: int
    bar_x: int
    room: int
    row: int
    text_y: int
    bar_y: int
    beside: bool


WIDE_BARS = BarForm(width=720, label_x=228, bar_x=240, room=370, row=34, text_y=21, bar_y=8, beside=True)
NARROW_BARS = BarForm(width=340, label_x=0, bar_x=0, room=340, row=54, text_y=18, bar_y=28, beside=False)


def _drawn(part: Bar, top: int, longest: int, form: BarForm) -> DrawnBar:
    width = 14.0 if part.share is None else max(2.0, part.share / longest * form.room)
    text_x = form.bar_x + width + 10 if form.beside else form.room
    bar_y = top + form.bar_y
    return DrawnBar(part.label, part.text, part.share is not None, top + form.text_y, bar_y, f"{width:.1f}", f"{text_x:.1f}")
