"""When a welcome may leave: within the hours that the community has set, as the clocks stand where the newcomer lives. Pure."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

SATURDAY = 5
A_DAY = timedelta(days=1)
LOOKED_AT = 14  # days: a window that one night of changing clocks swallows is there on the next


class Hours(Protocol):
    """What is asked of the rules of welcoming."""

    from_hour: int
    to_hour: int
    on_weekends: bool


def next_moment(zone: str, now: datetime, rules: Hours) -> datetime:
    """Return the first moment from `now` on at which a welcome may leave for somebody in `zone`: `now` itself where it may."""
    place = ZoneInfo(zone)
    today = now.astimezone(place).date()
    # Yesterday as well: hours until 24 end with the first moment of today.
    for day in (today + A_DAY * number for number in range(-1, LOOKED_AT)):
        begin, end = _window(day, place, rules)
        if (rules.on_weekends or day.weekday() < SATURDAY) and max(begin, now) < end:
            return max(begin, now)
    raise ValueError(f"no hours from {rules.from_hour} to {rules.to_hour} in {zone}")


def _window(day: date, place: ZoneInfo, rules: Hours) -> tuple[datetime, datetime]:
    """Its first moment and the one after its last. An hour that the clocks leave out or repeat that day is as long as it is."""
    end_day, end_hour = (day + A_DAY, 0) if rules.to_hour == 24 else (day, rules.to_hour)
    return _moment(day, rules.from_hour, place), _moment(end_day, end_hour, place)


def _moment(day: date, hour: int, place: ZoneInfo) -> datetime:
    return datetime.combine(day, time(hour), place).astimezone(UTC)
