"""When something was said, in few words and in the reader's own time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

MOST = 8192


class When(NamedTuple):
    """A moment for `<time datetime="{{ iso }}" title="{{ exact }}">{{ short }}</time>`."""

    iso: str
    short: str
    exact: str


class Clock(NamedTuple):
    """What decides how a moment is said: looked at once a page, where the page says many."""

    zone: str
    today: date
    language: str | None

    def when(self, moment: datetime) -> When:
        """Say a moment: the hour of today and yesterday, else the day. It stays the same until midnight."""
        return _when(moment, *self)


def clock() -> Clock:
    """The clock in the zone that is in force."""
    return Clock(timezone.get_current_timezone_name(), timezone.localdate(), get_language())


def when(moment: datetime) -> When:
    """Say one moment."""
    return clock().when(moment)


@lru_cache(maxsize=MOST)
def _when(moment: datetime, zone: str, today: date, language: str | None) -> When:
    """Remembered by all that decides about it: to say it takes longer than to find the row it stands in."""
    local = moment.astimezone(timezone.get_current_timezone() if zone != "UTC" else ZoneInfo("UTC"))
    hour = date_format(local, "H:i")
    exact = _("%(day)s, %(hour)s (%(zone)s)") % {
        "day": date_format(local, "l, j F Y"),
        "hour": hour,
        "zone": date_format(local, "T"),
    }
    return When(moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), _short(local, today, hour), exact)


def _short(local: datetime, today: date, hour: str) -> str:
    day = local.date()
    if day == today:
        return _("today, %s") % hour
    if day == today - timedelta(days=1):
        return _("yesterday, %s") % hour
    if day.year == today.year:
        return date_format(local, "j F")
    return date_format(local, "j F Y")
