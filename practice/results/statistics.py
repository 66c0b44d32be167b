"""The measures: where the middle is, and how far apart people are. Pure functions of counts by place on the scale.

*Middle*: the median of an ordinal scale; between two places where the two in the middle differ.
*Agreement*: the consensus of W. J. Tastle and M. J. Wierman, "Consensus and dissention: A measure of ordinal dispersion", International
Journal of Approximate Reasoning 45 (2007) 531-545: Cns = 1 + sum p_i log2(1 - |x_i - mean| / width). It is 1 where all say the same and 0
where one half stands at each end; it takes the order of the places into account, as a share of equal answers would not, and does not
depend on the number of people.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2

OF_ONE_MIND, APART = 0.75, 0.5  # at and above; below
TONES = 5


@dataclass(frozen=True)
class Spread:
    """Answers by place: `counts[0]` is how many chose the lowest of the scale."""

    counts: tuple[int, ...]

    @property
    def people(self) -> int:
        return sum(self.counts)

    @property
    def mean(self) -> float | None:
        """From 1 to the number of places; None where nobody chose one."""
        return sum(place * count for place, count in enumerate(self.counts, start=1)) / self.people if self.people else None

    @property
    def median(self) -> float | None:
        """From 1 to the number of places, in halves; None where nobody chose one."""
        if not self.people:
            return None
        lower, upper = (self.people - 1) // 2, self.people // 2
        return (self._place_of(lower) + self._place_of(upper)) / 2

    @property
    def agreement(self) -> float | None:
        """From 0 (one half at each end) to 1 (all say the same); None for fewer than two people."""
        mean = self.mean
        if mean is None or self.people < 2 or len(self.counts) < 2:
            return None
        width = len(self.counts) - 1
        shares = ((place, count / self.people) for place, count in enumerate(self.counts, start=1) if count)
        return 1 + sum(share * log2(1 - abs(place - mean) / width) for place, share in shares)

    @property
    def columns(self) -> list[tuple[int, int, str, str]]:
        """For a column a place: its tone, how many, where it begins from the top and how high it is on a paper 20 high, as text."""
        most = max(self.counts, default=0) or 1
        heights = [(count, 20 * count / most) for count in self.counts]
        return [
            (tone, count, f"{20 - high:g}", f"{high:g}") for tone, (count, high) in zip(tones(len(heights)), heights, strict=True)
        ]

    @property
    def is_apart(self) -> bool:
        return self.agreement is not None and self.agreement < APART

    @property
    def is_of_one_mind(self) -> bool:
        return self.agreement is not None and self.agreement >= OF_ONE_MIND

    def _place_of(self, number: int) -> int:
        """The place that the person `number`, counted from 0 in the order of the scale, has chosen."""
        seen = 0
        for place, count in enumerate(self.counts, start=1):
            seen += count
            if number < seen:
                return place
        raise AssertionError("there are not that many people")


def tones(places: int) -> list[int]:
    """The tone in which each place of a scale is drawn, from 1 (quiet, the least) to 5 (strong, the most)."""
    return [1 + round((TONES - 1) * place / (places - 1)) for place in range(places)]


def together(spreads: Sequence[Spread]) -> Spread:
    """All answers of several items as one; of the same scale."""
    return (
        Spread(tuple(sum(column) for column in zip(*(spread.counts for spread in spreads), strict=True))) if spreads else Spread(())
    )
