"""When a prompt comes: the same local hour whatever the clocks do, by days, weeks or months, and not in its breaks."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count, takewhile
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from discussions.models import Prompt

if TYPE_CHECKING:
    from discussions.models import PromptBreak

YEARS = timedelta(days=366 * 6)  # a break that is longer ends the series


def moment_of(prompt: Prompt, on: date) -> datetime:
    """Return the moment at which a prompt opens on a day. An hour that the clocks leave out is the hour after it."""
    return local_moment(prompt, on).astimezone(UTC)


def local_moment(prompt: Prompt, on: date) -> datetime:
    """The same as the clocks of the series show it."""
    return datetime.combine(on, prompt.at, ZoneInfo(prompt.time_zone))


def days_of(prompt: Prompt, since: date) -> Iterator[date]:
    """The days of the schedule from `since` on, breaks included, without end."""
    number = _first_number(prompt, since)
    return (day for day in (_day(prompt, k) for k in count(number)) if day >= since)


def next_day(prompt: Prompt, breaks: Iterable[PromptBreak], *, after: datetime, beyond: date | None = None) -> date | None:
    """Return the first day on which the prompt opens later than `after`, and past `beyond`; None when its breaks leave none."""
    rests = [(rest.first_day, rest.last_day) for rest in breaks]
    since = (after - timedelta(days=2)).date()
    for day in takewhile(lambda day: day < max(since, prompt.starts_on) + YEARS, days_of(prompt, since)):
        is_past = moment_of(prompt, day) <= after or (beyond is not None and day <= beyond)
        if not is_past and not any(first <= day <= last for first, last in rests):
            return day
    return None


def coming_days(prompt: Prompt, breaks: Iterable[PromptBreak], *, after: datetime, most: int) -> list[date]:
    """Return the next days on which the prompt comes."""
    rests, found = list(breaks), list[date]()
    while len(found) < most and (day := next_day(prompt, rests, after=after, beyond=found[-1] if found else None)):
        found.append(day)
    return found


def _first_number(prompt: Prompt, since: date) -> int:
    """The number of an occurrence that is not after `since`, so that a series of many years need not be walked through."""
    step = {Prompt.Unit.DAYS: 1, Prompt.Unit.WEEKS: 7, Prompt.Unit.MONTHS: 31}[Prompt.Unit(prompt.unit)] * prompt.every
    return max(0, (since - prompt.starts_on).days // step - 1)


def _day(prompt: Prompt, number: int) -> date:
    steps = number * prompt.every
    if prompt.unit == Prompt.Unit.MONTHS:
        return _months_later(prompt.starts_on, steps)
    return prompt.starts_on + timedelta(days=steps * (7 if prompt.unit == Prompt.Unit.WEEKS else 1))


def _months_later(day: date, months: int) -> date:
    """The same day of a later month, or the last day of one that is too short for it."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
