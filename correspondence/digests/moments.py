"""The moments at which a choice wants a digest: local hours of a place, whatever its clocks do.

An hour that the clocks skip is the moment at which they jump; of an hour that they show twice it is the first. A month without the chosen
day has its digest on its last one. Somebody who moves gets the next one at the hour of the new place, and never two on one day.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from correspondence.models import DigestChoice

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

A_DAY = timedelta(days=1)
Frequency = DigestChoice.Frequency


def next_moment(choice: DigestChoice, zone: ZoneInfo, *, after: datetime, not_on: date | None = None) -> datetime:
    """Return the first moment of the choice later than `after`, on a day of the place later than `not_on`."""
    day = after.astimezone(zone).date()
    if not_on is not None:
        day = max(day, not_on + A_DAY)
    while not _falls_on(choice, day) or _moment(choice, zone, day) <= after:
        day += A_DAY
    return _moment(choice, zone, day)


def _falls_on(choice: DigestChoice, day: date) -> bool:
    if choice.frequency == Frequency.WEEKLY:
        return day.isoweekday() == choice.weekday
    if choice.frequency == Frequency.MONTHLY:
        return day.day == min(choice.day, monthrange(day.year, day.month)[1])
    return True


def _moment(choice: DigestChoice, zone: ZoneInfo, day: date) -> datetime:
    return datetime.combine(day, time(choice.hour), zone).astimezone(UTC)
