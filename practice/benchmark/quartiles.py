"""Quartiles that no single organisation's number can be read from. Pure functions.

Each figure is the mean of two or three neighbouring numbers, never of the first or the last, in halves of a place of the scale.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

HALVES = 2  # of a place


@dataclass(frozen=True)
class Quartiles:
    """A quarter of the numbers lies below the lower one, a half below the middle, three quarters below the upper one: nearly."""

    lower: Decimal
    middle: Decimal
    upper: Decimal


def on_grid(number: Fraction | float | Decimal) -> Decimal:
    """Round to half a place."""
    return (Decimal(float(number)) * HALVES).quantize(Decimal(1), ROUND_HALF_UP) / HALVES


def quartiles_of(numbers: Sequence[Decimal]) -> Quartiles:
    """Return the quartiles of eight numbers or more."""
    ranked = sorted(numbers)
    lower, middle, upper = (_at(ranked, quarter) for quarter in (1, 2, 3))
    return Quartiles(lower, middle, upper)


def _at(ranked: Sequence[Decimal], quarter: int) -> Decimal:
    """The two numbers between which the quarter lies; where it lies upon one, that one and its neighbours."""
    before, rest = divmod((len(ranked) - 1) * quarter, 4)
    near = ranked[before : before + 2] if rest else ranked[before - 1 : before + 2]
    return on_grid(Fraction(sum(near, Decimal(0))) / len(near))
