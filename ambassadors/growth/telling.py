"""What the growth page tells: the figures with the tables behind them, in numbers as the community tells them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, CharField, Count, Value, When
from django.db.models.functions import Coalesce, TruncMonth
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ambassadors.counting import Share, composition_of, rounded, shown_count
from ambassadors.models import Ambassador, GrowthStage, Milestone
from foundation.audiences import Audience
from foundation.figures import NARROW, WIDE, Bar, Goal, Mark, bars, stepped

Steps = list[tuple[date, int]]


def joined_by_month() -> list[tuple[date, int]]:
    """How many of those who belong today joined in each month."""
    months = Ambassador.objects.active().annotate(month=TruncMonth("joined_at")).order_by().values_list("month")
    return sorted((month.date(), count) for month, count in months.annotate(number=Count("pk")) if month)


def steps_of(joined: Sequence[tuple[date, int]], today: date, step: int) -> Steps:
    """Return the months at whose end there were more than before, each number rounded down to `step`; the last one is today's.

    A line through exact dates would tell on which day somebody joined, and a line through exact numbers what the count keeps back.
    """
    if not joined:
        return []
    steps, count = [(joined[0][0], 0)], 0
    for month, number in joined:
        count += number
        if rounded(count, step) != steps[-1][1]:
            steps.append((min(_end_of(month), today), rounded(count, step)))
    return [*(one for one in steps if one[0] < today), (today, rounded(count, step))]


def _end_of(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def is_worth_drawing(steps: Steps, stages: Sequence[GrowthStage]) -> bool:
    """Whether there is a line to see: one along zero, towards no goal, says nothing."""
    return bool(steps) and bool(steps[-1][1] or stages)


def growth_figure(
    steps: Steps, stages: Sequence[GrowthStage], milestones: Sequence[Milestone], *, total: int, step: int
) -> dict[str, Any]:
    """Return what `components/figure.html` takes for growth against goals and milestones."""
    goals = [_goal(stage) for stage in stages]
    marks = [_mark(milestone) for milestone in milestones]
    shown = shown_count(total, step)
    papers = (("wide", WIDE), ("narrow", NARROW))
    drawings = [(name, stepped(steps, goals, marks, last_label=shown, paper=paper)) for name, paper in papers]
    text = capfirst(_("%(count)s ambassadors today, drawn against the goals and the milestones on the way.") % {"count": shown})
    rows = _rows(steps, goals, milestones, step, shown)
    return {"figure": {"label": text, "drawings": drawings}, "text": text, "head": _head(), "rows": rows}


def _head() -> list[str]:
    return [_("When"), _("Ambassadors"), _("What")]


def _goal(stage: GrowthStage) -> Goal:
    values = {"target": number_format(stage.target), "month": date_format(stage.by_date, "F Y"), "year": stage.by_date.year}
    return Goal(stage.target, stage.by_date, _("Goal: %(target)s by %(month)s") % values, _("Goal %(target)s, %(year)s") % values)


def _mark(milestone: Milestone) -> Mark:
    values = {"count": number_format(milestone.count), "month": date_format(milestone.reached_on, "M Y")}
    return Mark(milestone.count, milestone.reached_on, _("%(count)s in %(month)s") % values, values["count"])


def _rows(steps: Steps, goals: Sequence[Goal], milestones: Sequence[Milestone], step: int, shown: str) -> list[list[str]]:
    """The same as a table, by date."""
    lines = [(day, shown_count(value, step) if value else "0", "") for day, value in steps[1:-1]]
    lines += [(steps[-1][0], shown, _("today"))]
    lines += [(one.reached_on, number_format(one.count), _("milestone: %s") % one.text) for one in milestones]
    lines += [(goal.by, number_format(goal.value), _("goal")) for goal in goals]
    return [[date_format(day, "F Y"), count, what] for day, count, what in sorted(lines, key=lambda line: line[0])]


def sector_shares() -> list[Share]:
    """How those who belong divide into sectors, told to everybody.

    Each is a sum over at least five people (`composition_of`), so it tells of nobody what is for members alone. Whoever keeps the
    sector for the support team counts as one who has not said: the name of a sector that only such people have is not told at all.
    """
    kept = When(sector_audience=Audience.STAFF, then=Value(""))
    said = Case(kept, default=Coalesce("sector__name", Value("")), output_field=CharField())
    rows = Ambassador.objects.active().order_by().annotate(said=said).values_list("said").annotate(number=Count("pk"))
    return composition_of(dict(rows))


def sector_figure(shares: Sequence[Share], step: int) -> dict[str, Any]:
    """Return what `components/figure.html` takes for the balance of sectors: shares, and numbers only where counts are exact."""
    parts = [Bar(share.label, _words(share, step), share.percent) for share in shares]
    drawings = [("wide", bars(parts, wide=True)), ("narrow", bars(parts, wide=False))]
    text = _("From which fields of work we come. Fields of fewer than five people are told together.")
    return {
        "figure": {"label": text, "drawings": drawings},
        "text": text,
        "head": [_("Sector"), _("Share")],
        "rows": [[part.label, part.text] for part in parts],
    }


def _words(share: Share, step: int) -> str:
    return f"{share.percent} %" if step else f"{share.percent} % ({number_format(share.count)})"


def today() -> date:
    """The day of the site."""
    return timezone.localdate()
