"""How newcomers arrive, in numbers that single out nobody: by the months in which they joined, as it stood when the last month ended.

Nobody is on a list, and there is nothing to filter by, so nothing can be subtracted from anything:

- months are joined, from the oldest on, until eight people are together; what is left over waits for the months to come;
- a number below four, or so near to all that fewer than four are missing, is told in words; the rest in tens of a hundred;
- what happened since the last month ended is not counted, so that a look today and one tomorrow do not tell who was busy in between.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.figures import Bar, bars
from welcome.models import Onboarding, OnboardingStep
from welcome.onboarding.registry import in_order

FEW, TOGETHER, SHOWN = 4, 8, 12


@dataclass(frozen=True)
class Cohort:
    """Those who joined in some months that follow each other, and how many of them have done each step. Exact: for `told` alone."""

    first: date
    last: date
    people: int
    done: Mapping[str, int]

    def __str__(self) -> str:
        first, last = date_format(self.first, "F Y"), date_format(self.last, "F Y")
        return first if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}


def cohorts(now: datetime | None = None) -> list[Cohort]:
    """Return those that can be told, the newest first. Two queries."""
    zone = ZoneInfo(settings.TIME_ZONE)
    until = timezone.localtime(now, zone).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    begun, their = TruncMonth("began_at", tzinfo=zone), TruncMonth("onboarding__began_at", tzinfo=zone)
    # unscoped: counted, and told of no one
    rows = Onboarding.objects.filter(began_at__lt=until).order_by().annotate(month=begun)
    people: Any = rows.values_list("month").annotate(Count("pk")).order_by("month")
    kept = (
        OnboardingStep.objects.filter(onboarding__began_at__lt=until, state="done", at__lt=until).order_by().annotate(month=their)
    )
    done: Counter[tuple[date, str]] = Counter()
    done.update({(month.date(), name): number for month, name, number in kept.values_list("month", "name").annotate(Count("pk"))})
    return joined([(month.date(), number) for month, number in people], done)[::-1][:SHOWN]


def joined(months: Sequence[tuple[date, int]], done: Mapping[tuple[date, str], int]) -> list[Cohort]:
    """Put months together until enough people are in each. A group that is full never changes: it is told the same from then on."""
    found: list[Cohort] = []
    waiting: list[tuple[date, int]] = []
    for month, number in months:
        waiting.append((month, number))
        if sum(people for _month, people in waiting) >= TOGETHER:
            found.append(_cohort(waiting, done))
            waiting = []
    return found


def _cohort(months: Sequence[tuple[date, int]], done: Mapping[tuple[date, str], int]) -> Cohort:
    within = {month for month, _people in months}
    counted: Counter[str] = Counter()
    for (month, name), number in done.items():
        counted[name] += number if month in within else 0
    return Cohort(months[0][0], months[-1][0], sum(people for _month, people in months), counted)


def told(people: int, done: int) -> str:
    """Return what staff read for so many of so many."""
    if done < FEW:
        return _("fewer than %(few)s") % {"few": FEW}
    if people - done < FEW:
        return _("nearly all")
    return _("about %(share)s %%") % {"share": tens(people, done)}


def tens(people: int, done: int) -> int:
    """The share in tens of a hundred."""
    return round(10 * done / people) * 10


def table(found: Iterable[Cohort]) -> dict[str, Any]:
    """What `components/table.html` takes: a row for each cohort, a column for each step."""
    shown = in_order()
    head = [_("Joined in"), _("People"), *(str(step.title) for step in shown)]
    rows = [[str(one), str(one.people), *(told(one.people, one.done.get(step.name, 0)) for step in shown)] for one in found]
    return {"head": head, "rows": rows}


def figure(one: Cohort) -> dict[str, Any]:
    """What `figures/bars.html` takes: the steps of one cohort."""
    parts = [_bar(str(step.title), one.people, one.done.get(step.name, 0)) for step in in_order()]
    said = ngettext("%(people)s person joined in %(when)s.", "%(people)s people joined in %(when)s.", one.people)
    text = said % {"people": one.people, "when": one} + " " + _("How many of them have done each step.")
    return {"label": text, "drawings": [("wide", bars(parts, wide=True)), ("narrow", bars(parts, wide=False))]}


def _bar(label: str, people: int, done: int) -> Bar:
    """No bar gives away what the words keep back."""
    words = told(people, done)
    return Bar(label, words, None if done < FEW else 100 if people - done < FEW else tens(people, done))
