"""A guide for whoever leads the talk, made from the results: an agenda whose minutes add up, the disagreements worth an hour, and questions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from practice.results.reading import PointResult, Results
from practice.results.statistics import Spread

LENGTHS = (60, 90, 120)
CAMP = 0.3  # of the people: fewer in one half of the scale are no camp


@dataclass(frozen=True)
class Step:
    """A part of the agenda: minutes, a headline, and what to do."""

    minutes: int
    title: str
    text: str


@dataclass(frozen=True)
class Disagreement:
    """A proof point to talk about, with questions for it."""

    result: PointResult
    questions: tuple[str, ...]


def agenda(results: Results, length: int) -> list[Step]:
    """Return the steps; their minutes add up to `length`."""
    apart = len(results.most_apart)
    talk = (length - 25) * 3 // 5
    rest = length - 25 - talk
    differ = (
        _(
            "Take the proof points below one by one. Collect together what speaks for it and what against it; nobody has to say where they stood."
        )
        if apart
        else _(
            "There are no figures: too few have answered. Read the proof points aloud, and say what each of you has seen of them."
        )
        if not results.points
        else _("You differ little. Talk about what you see most to do, and whether you agree for the same reasons.")
    )
    return [
        Step(5, _("Welcome"), _("Say why you did this. Nobody guesses who said what; “I” is a better word than “they”.")),
        Step(
            10, _("What surprised us"), _("Everybody looks at the figures in silence, and then says one thing that surprised them.")
        ),
        Step(talk, _("Where we differ"), differ),
        Step(
            rest // 2,
            _("What comes first"),
            _("Of all that was said: which two or three things would change most within half a year?"),
        ),
        Step(rest - rest // 2, _("Who does what by when"), _("Write each down as an action, with one name and one day.")),
        Step(10, _("Close"), _("Each says in a sentence what they take along. Say when you look again.")),
    ]


def disagreements(results: Results) -> list[Disagreement]:
    """Return the proof points worth an hour, three at most."""
    return [Disagreement(point, tuple(_questions(point, results))) for point in results.most_apart]


def _questions(point: PointResult, results: Results) -> Iterator[str]:
    scale, spread = results.asks.practice.answers, point.spread
    camps = camps_of(spread) if spread is not None else None
    if camps is not None:
        said = {"low": scale[camps[0]], "high": scale[camps[1]]}
        yield (
            _(
                "Some say “%(low)s”, some “%(high)s”. What may somebody have seen who says the one, and what somebody who says the other?"
            )
            % said
        )
        yield _("Does it differ by where one works, or by how long one is here?")
    else:
        yield _("Tell of one time when it was so, and of one when it was not. What made the difference?")
    if point.dont_know:
        said_of = {"unknown": point.dont_know, "people": point.people}
        yield _("%(unknown)s of %(people)s do not know. Who could tell them, and where?") % said_of
    if point.has_moved:
        yield _("It has moved since last time. What did we do, or leave, that moved it?")
    yield _("What would somebody from outside have to see to believe that it is so?")


def camps_of(spread: Spread) -> tuple[int, int] | None:
    """Return the two places, counted from 0, around which people gather, one in each half of the scale with fewer between; None where they do not."""
    counts, half = spread.counts, len(spread.counts) // 2
    low, high = counts[:half], counts[-half:] if half else ()
    if not half or min(sum(low), sum(high)) < CAMP * spread.people or not spread.people:
        return None
    first = max(range(half), key=lambda place: (low[place], place))
    second = len(counts) - half + high.index(max(high))
    between = counts[first + 1 : second]
    return (first, second) if between and max(between) < min(counts[first], counts[second]) else None
