"""What outreach adds up to, for the support team: measured and estimated numbers side by side, and never added to each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import TruncMonth
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from foundation.figures import Bar, bars

if TYPE_CHECKING:
    from ambassadors.outreach.querysets import OutreachEntryQuerySet


@dataclass(frozen=True)
class Total:
    """So many entries, the people counted in some of them, those estimated in others, and how many entries gave no number."""

    label: str
    entries: int
    measured: int
    estimated: int
    without: int

    @property
    def cells(self) -> list[str]:
        """A row of a table."""
        return [self.label, *(number_format(value, force_grouping=True) for value in self.values)]

    @property
    def values(self) -> tuple[int, int, int, int]:
        """The numbers."""
        return self.entries, self.measured, self.estimated, self.without


COUNTS: dict[str, Any] = {
    "number": Count("pk"),
    "counted": Sum("reach", filter=Q(certainty="measured"), default=0),
    "guessed": Sum("reach", filter=Q(certainty="estimated"), default=0),
    "without": Count("pk", filter=Q(reach=None)),
}


def whole(entries: OutreachEntryQuerySet) -> Total:
    """All of them."""
    found = entries.order_by().aggregate(**COUNTS)
    return Total(_("All together"), found["number"], found["counted"], found["guessed"], found["without"])


def by_network(entries: OutreachEntryQuerySet) -> list[Total]:
    """One line for each network, in the order of the list."""
    rows = entries.order_by().values(label=F("network__name"), place=F("network__position")).annotate(**COUNTS)
    return [_total(row, row["label"]) for row in rows.order_by("place", "label")]


def by_month(entries: OutreachEntryQuerySet) -> list[Total]:
    """One line for each month in which something was shared, the newest first."""
    rows = entries.order_by().annotate(month=TruncMonth("on")).values("month").annotate(**COUNTS)
    return [_total(row, date_format(row["month"], "F Y")) for row in rows.order_by("-month")]


def _total(row: dict[str, Any], label: str) -> Total:
    return Total(label, row["number"], row["counted"], row["guessed"], row["without"])


def figure_of(totals: list[Total], *, measured: bool) -> dict[str, Any]:
    """Return what `components/figure.html` takes: one kind of number alone, for it is drawn to a scale of its own."""
    kept = [(one, one.measured if measured else one.estimated) for one in totals]
    parts = [Bar(one.label, number_format(value, force_grouping=True), value) for one, value in kept if value]
    text = _("People reached, as counted or reported.") if measured else _("People reached, as estimated by those who shared.")
    drawings = [("wide", bars(parts, wide=True)), ("narrow", bars(parts, wide=False))]
    head = [_("With whom"), _("People, measured") if measured else _("People, estimated")]
    rows = [[part.label, part.text] for part in parts]
    return {"figure": {"label": text, "drawings": drawings}, "text": text, "head": head, "rows": rows}


def head(first: str) -> list[str]:
    """The names of the columns of `Total.cells`."""
    return [first, _("Entries"), _("People, measured"), _("People, estimated"), _("Without a number")]


def within(entries: OutreachEntryQuerySet, since: date | None, until: date | None) -> OutreachEntryQuerySet:
    """Those of a span of days, both ends in it."""
    if since:
        entries = entries.filter(on__gte=since)
    return entries.filter(on__lte=until) if until else entries
