"""When a prompt comes: the same local hour whatever the clocks do, by days, weekdays, weeks or months, and not in its breaks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from dateutil.rrule import DAILY, FR, MO, MONTHLY, SA, SU, TH, TU, WE, WEEKLY, rrule

from discussions.models import Prompt

if TYPE_CHECKING:
    from discussions.models import PromptBreak

WORKING = (MO, TU, WE, TH, FR)
ALL_DAYS = (*WORKING, SA, SU)
SHORTEST = 28  # every month has so many days
YEARS = timedelta(days=366 * 6)  # a break that is longer ends the series


class Schedule(Protocol):
    """What decides when something comes: a series of prompts, and the meetings of a circle too."""

    every: int
    unit: str
    starts_on: date
    at: time
    time_zone: str

    @property
    def place_in_month(self) -> int: ...


def moment_of(prompt: Schedule, on: date) -> datetime:
    """Return the moment at which a prompt opens on a day. An hour that the clocks leave out is the hour after it."""
    return local_moment(prompt, on).astimezone(UTC)


def local_moment(prompt: Schedule, on: date) -> datetime:
    """The same as the clocks of the series show it."""
    return datetime.combine(on, prompt.at, ZoneInfo(prompt.time_zone))


def days_of(prompt: Schedule, since: date) -> Iterator[date]:
    """The days of the schedule from `since` on, breaks included, without end."""
    return (moment.date() for moment in _rule(prompt, since).xafter(datetime.combine(since, time()), inc=True))


def next_day(prompt: Schedule, breaks: Iterable[PromptBreak], *, after: datetime, beyond: date | None = None) -> date | None:
    """Return the first day on which the prompt opens later than `after`, and past `beyond`; None when its breaks leave none."""
    rests = [(rest.first_day, rest.last_day) for rest in breaks]
    since = (after - timedelta(days=2)).date()
    for day in takewhile(lambda day: day < max(since, prompt.starts_on) + YEARS, days_of(prompt, since)):
        is_past = moment_of(prompt, day) <= after or (beyond is not None and day <= beyond)
        if not is_past and not any(first <= day <= last for first, last in rests):
            return day
    return None


def coming_days(prompt: Schedule, breaks: Iterable[PromptBreak], *, after: datetime, most: int) -> list[date]:
    """Return the next days on which the prompt comes."""
    rests, found = list(breaks), list[date]()
    while len(found) < most and (day := next_day(prompt, rests, after=after, beyond=found[-1] if found else None)):
        found.append(day)
    return found


def _rule(prompt: Schedule, since: date) -> rrule:
    first, every = prompt.starts_on, prompt.every
    match prompt.unit:
        case Prompt.Unit.DAYS:
            return rrule(DAILY, interval=every, dtstart=_later(first, since, days=every))
        case Prompt.Unit.WEEKDAYS:
            return rrule(WEEKLY, byweekday=WORKING, dtstart=_later(first, since, days=7))
        case Prompt.Unit.WEEKS:
            return rrule(WEEKLY, interval=every, dtstart=_later(first, since, days=7 * every))
        case Prompt.Unit.MONTH_WEEKDAYS:
            return rrule(MONTHLY, interval=every, byweekday=ALL_DAYS[first.weekday()](prompt.place_in_month), dtstart=first)
    # The same day of a month, or the last day of one that is too short for it.
    nearest = list(range(min(first.day, SHORTEST), first.day + 1))
    return rrule(MONTHLY, interval=every, bymonthday=nearest, bysetpos=-1, dtstart=first)


def _later(first: date, since: date, *, days: int) -> date:
    """The last beginning of a turn that is not after `since`, so that a series of many years need not be walked through."""
    return first + timedelta(days=max(0, (since - first).days // days * days))
