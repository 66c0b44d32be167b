"""Days of vetting: a day ends where somebody is, and for what concerns nobody in particular, where the site is."""

from __future__ import annotations

import zoneinfo
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django.db.models import DateField, F, Func, Value
from django.db.models.functions import Cast
from django.utils import timezone

if TYPE_CHECKING:
    from ambassadors.models import User


def site_today() -> date:
    """The day it is for the community as a whole, whoever is looking."""
    return timezone.localdate(timezone=timezone.get_default_timezone())


def morning_where_they_are(zone_field: str, now: datetime) -> Any:
    """An expression: the last day on which it has struck seven in the time zone that stands in `zone_field`.

    Nobody is reminded at midnight. The hours are taken off the clock on the wall there, so that seven is seven on a day of 23 or 25 hours.
    """
    on_the_wall = "(%(function)s(%(expressions)s) - interval '7 hours')"
    return Cast(Func(F(zone_field), Value(now), function="timezone", template=on_the_wall), DateField())


def end_of(day: date, person: User) -> datetime:
    """The last minute of a day where the person is."""
    return datetime.combine(day, time(23, 59), zoneinfo.ZoneInfo(person.time_zone))
