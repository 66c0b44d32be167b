"""How people come in, in numbers that tell of nobody: by the year of their nomination, small numbers kept back, and no way to work them out.

A number below five is told as "fewer than 5". Where the others of its row or its column would give it away, the smallest of those is kept
back as well, until what is left unsaid could be divided in more than one way. Where the community rounds how many it is, the rest is
rounded by the same step.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Aggregate, Count, DurationField, ExpressionWrapper, F, Q
from django.db.models.functions import TruncYear
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ambassadors.counting import FEW, rounded, shown_count
from ambassadors.models import Nomination
from foundation.figures import Bar, bars

S = Nomination.Status
COLUMNS = ("nominated", "in_vetting", "invited", "joined", "declined")
PARTS = ("in_vetting", "declined", "invited")  # of those nominated: no two of these have anybody in common


@dataclass(frozen=True)
class Year:
    """Those who were nominated in one year, and how far they have come until today. Exact: for `told` alone."""

    year: int
    counts: dict[str, int]


def years() -> list[Year]:
    """Count the nominations of each year in one query, the newest year first. One that was joined to another counts once, with that one."""
    begun = TruncYear("submitted_at", tzinfo=ZoneInfo(settings.TIME_ZONE))
    on_the_way = Q(status__in=[S.SUBMITTED, S.VETTING, S.SLATE], invited_at=None)
    counted = {
        "nominated": Count("pk"),
        "in_vetting": Count("pk", filter=on_the_way),
        "invited": Count("pk", filter=Q(invited_at__isnull=False)),
        "joined": Count("pk", filter=Q(invited_at__isnull=False, joined_at__isnull=False)),
        "declined": Count("pk", filter=Q(status=S.DECLINED, invited_at=None)),
    }
    rows = Nomination.objects.filter(submitted_at__isnull=False).exclude(status__in=[S.PROSPECT, S.DRAFT, S.JOINED])
    found: Any = rows.order_by().annotate(begun=begun).values("begun").annotate(**counted).order_by("-begun")
    return [Year(row["begun"].year, {name: row[name] for name in COLUMNS}) for row in found]


def hidden_cells(counts: Sequence[dict[str, int]]) -> set[tuple[int, str]]:
    """Return which cells are kept back: (row, column)."""
    hidden = {(row, name) for row, cells in enumerate(counts) for name in COLUMNS if cells[name] < FEW}
    before = -1
    while len(hidden) != before:
        before = len(hidden)
        for row, cells in enumerate(counts):
            hidden |= {(row, name) for name in _to_hide_in_row(cells, {name for at, name in hidden if at == row})}
        for name in COLUMNS:
            hidden |= {(row, name) for row in _to_hide_in_column([cells[name] for cells in counts], _rows_of(hidden, name))}
    return hidden


def _rows_of(hidden: set[tuple[int, str]], column: str) -> set[int]:
    return {row for row, name in hidden if name == column}


def _enough(kept_back: int) -> int:
    """So much must be left unsaid together: each that is kept back for the others' sake is known to be five at least, and a small one
    must still be able to be anything from none to four."""
    return FEW * kept_back + FEW - 1


def _to_hide_in_row(cells: dict[str, int], hidden: set[str]) -> set[str]:
    """What else is to be kept back of one year, so that nothing below five follows from what is told of it."""
    hidden = set(hidden)
    if not {"invited", "joined"} & hidden and 0 < cells["invited"] - cells["joined"] < FEW:
        hidden.add("invited")
    while "nominated" not in hidden:
        told = [name for name in _parts(hidden) if name not in hidden]
        rest = cells["nominated"] - sum(cells[name] for name in told)
        unsaid = [name for name in PARTS if name in hidden]
        others = sum(cells[name] >= FEW for name in unsaid)
        if rest >= max(_enough(others), FEW) or (rest == 0 and not unsaid):
            break
        hidden.add(min(told, key=lambda name: (cells[name], name)) if told else "nominated")
    return hidden


def _parts(hidden: set[str]) -> list[str]:
    return ["in_vetting", "declined", "joined" if "invited" in hidden else "invited"]


def _to_hide_in_column(numbers: Sequence[int], hidden: set[int]) -> set[int]:
    """The same over the years: somebody may know the sum from elsewhere, such as how many ambassadors there are."""
    hidden = set(hidden)
    while hidden:
        others = sum(numbers[row] >= FEW for row in hidden)
        told = [row for row in range(len(numbers)) if row not in hidden]
        if (others and sum(numbers[row] for row in hidden) >= _enough(others)) or not told:
            break
        hidden.add(min(told, key=lambda row: (numbers[row], row)))
    return hidden


def table(found: Sequence[Year], step: int) -> list[list[str]]:
    """Return the rows that visitors read: the year, then each number or what stands in its place."""
    hidden = hidden_cells([one.counts for one in found])
    return [
        [str(one.year), *(_told(one.counts[name], (row, name) in hidden, step) for name in COLUMNS)]
        for row, one in enumerate(found)
    ]


def _told(number: int, is_hidden: bool, step: int) -> str:
    if number < FEW:
        return _("fewer than %(few)s") % {"few": FEW}
    return _("kept back") if is_hidden else shown_count(number, step)


def head() -> list[str]:
    """The names of the columns."""
    return [_("Nominated in"), _("Nominated"), _("Being looked at"), _("Invited"), _("Joined"), _("Declined")]


def figure(found: Sequence[Year], step: int) -> dict[str, Any]:
    """Return what `components/figure.html` takes: how many were nominated each year, drawn, and the whole table behind it."""
    hidden = hidden_cells([one.counts for one in found])
    drawn = [None if (row, "nominated") in hidden else rounded(one.counts["nominated"], step) for row, one in enumerate(found)]
    most = max([number for number in drawn if number], default=1)
    rows = table(found, step)
    parts = [
        Bar(words[0], words[1], None if number is None else round(100 * number / most))
        for words, number in zip(rows, drawn, strict=True)
    ]
    text = _("How many people were nominated in each year. The table tells how far they have come until today.")
    drawings = [("wide", bars(parts, wide=True)), ("narrow", bars(parts, wide=False))]
    return {"figure": {"label": text, "drawings": drawings}, "text": text, "head": head(), "rows": rows}


class _Median(Aggregate):
    """The middle one of some durations."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


def how_long() -> str:
    """Say how long it takes from nomination to decision, half of them less and half of them more; empty where five were not decided yet."""
    took = ExpressionWrapper(F("decided_at") - F("submitted_at"), output_field=DurationField())
    decided = Nomination.objects.filter(
        status__in=[S.APPROVED, S.NOT_NOW, S.DECLINED], submitted_at__isnull=False, decided_at__gte=F("submitted_at")
    )
    row = decided.order_by().aggregate(number=Count("pk"), median=_Median(took))
    if row["number"] < FEW:
        return ""
    days = max(round(row["median"] / timedelta(days=1)), 1)
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}
