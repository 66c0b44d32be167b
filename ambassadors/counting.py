"""How many people belong, as the community tells it: rounded down where staff chose so, exact where they did not.

Every page, feed and figure for visitors takes its numbers from here, so that none of them tells what the others keep back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from ambassadors.models import Ambassador
from foundation.models import Community

FEW = 5


def member_count() -> int:
    """How many belong today: active, or pausing but still a member."""
    return Ambassador.objects.active().count()


def rounded(count: int, step: int | None = None) -> int:
    """Return `count` rounded down to the community's step; `step` 0 leaves it as it is."""
    step = Community.current().rounds_counts_to if step is None else step
    return count - count % step if step else count


def shown_count(count: int, step: int | None = None) -> str:
    """Return what visitors read for `count`: "120+" for 127 where counts are rounded to tens, "127" where they are exact.

    Below the first step there is nothing to round down to: then it is "fewer than 10".
    """
    step = Community.current().rounds_counts_to if step is None else step
    if not step:
        return str(number_format(count, force_grouping=True))
    if count < step:
        return _("fewer than %(step)s") % {"step": step}
    return f"{number_format(rounded(count, step), force_grouping=True)}+"


@dataclass(frozen=True)
class Share:
    """One part of a whole. `count` and `percent` are None where the part is too small to be told."""

    label: str
    count: int | None
    percent: int | None

    @property
    def shown(self) -> str:
        """The number in words: small groups are not counted out, for their people could be guessed."""
        return _("fewer than %(few)s") % {"few": FEW} if self.count is None else str(self.count)


def composition(labels: Iterable[str], few: int = FEW) -> list[Share]:
    """Return how a group is made up, the largest part first: one label for each of its people, an empty one for "not said"."""
    return composition_of(Counter(labels), few)


def composition_of(counts: Mapping[str, int], few: int = FEW) -> list[Share]:
    """The same of a group that has been counted: so many people to each label.

    Parts of fewer than `few` people stand last among the named ones, by name, and keep their number and their share to themselves.
    """
    whole = sum(counts.values())
    told = {label: count for label, count in counts.items() if count}
    ordered = sorted(told.items(), key=lambda pair: (pair[0] == "", -pair[1] if pair[1] >= few else 0, pair[0]))
    return [_share(label or _("Not said"), count, whole, few) for label, count in ordered]


def _share(label: str, count: int, whole: int, few: int) -> Share:
    return Share(label, count, round(100 * count / whole)) if count >= few else Share(label, None, None)
