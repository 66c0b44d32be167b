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

FEW = 5  # people: a smaller part of the community is not told by itself


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
    """One part of a whole: how many people, and how many of a hundred."""

    label: str
    count: int
    percent: int


def composition(labels: Iterable[str], few: int = FEW) -> list[Share]:
    """Return how a group is made up, the largest part first: one label for each of its people, an empty one for "not said"."""
    return composition_of(Counter(labels), few)


def composition_of(counts: Mapping[str, int], few: int = FEW) -> list[Share]:
    """The same of a group that has been counted: so many people to each label.

    Parts of fewer than `few` people stand together as "Other", without their names. Where all of these are still fewer, the next
    smallest part joins them: with the whole known, what is left of it would tell the number that each was to keep to itself. So every
    number told is at least `few`, and they add up to the whole. Of a group in which nothing else is left, nothing is told.
    """
    parts = sorted(((count, label) for label, count in counts.items() if count), key=lambda part: (part[0], part[1] == "", part[1]))
    whole, others = sum(counts.values()), 0
    while parts and (parts[0][0] < few or 0 < others < few):
        others += parts.pop(0)[0]
    named = sorted((part for part in parts if part[1]), key=lambda part: (-part[0], part[1]))
    not_said = [(count, _("Not said")) for count, label in parts if not label]
    told = [*named, *([(others, _("Other"))] if others else []), *not_said] if parts else []
    return [Share(label, count, round(100 * count / whole)) for count, label in told]
