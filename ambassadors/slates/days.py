"""Days of the community: they end where the community is, whoever opens a slate and wherever its readers are."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone

LAST_MINUTE = time(23, 59, 59)


def end_of_day(day: date) -> datetime:
    """Return the last moment of a day in the community's zone. Where clocks are set back at midnight, it is the second time round."""
    local = datetime.combine(day, LAST_MINUTE, timezone.get_default_timezone()).replace(fold=1)
    return local.astimezone(UTC)


def end_after(days: int, since: datetime | None = None) -> datetime:
    """Return the end of the day that lies so many days later, by the calendar: a day may have 23 or 25 hours."""
    today = timezone.localdate(since, timezone.get_default_timezone())
    return end_of_day(today + timedelta(days=days))
