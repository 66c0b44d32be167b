"""When an Ask Me About is open: days where its host is, said so that readers elsewhere know when that is for them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from discussions.moments import in_words

if TYPE_CHECKING:
    from discussions.models import AskMeAbout

MIDNIGHT = time(0, 0)


def start_of(day: date, hour: time, zone: ZoneInfo) -> datetime:
    """Return that hour of a day in the zone. An hour that the clocks skip is the one that they show instead."""
    return datetime.combine(day, hour, zone).astimezone(UTC)


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """Return the moment at which the day is over in the zone, however many hours it has."""
    return datetime.combine(day + timedelta(days=1), MIDNIGHT, zone).astimezone(UTC)


def through(session: AskMeAbout) -> str:
    """Say until when it is open: "through 3 March", and for a reader elsewhere when that is where they are."""
    day = date_format(session.closes_on, "j F")
    last = timezone.localtime(session.closes_at - timedelta(minutes=1))
    if (last.date(), last.hour) == (session.closes_on, 23):
        return _("through %(day)s") % {"day": day}
    said = {"day": day, "place": city_of(session.zone), "own": date_format(last, "j F"), "time": date_format(last, "H:i")}
    return _("through %(day)s in %(place)s, your %(own)s %(time)s") % said


def city_of(zone: str) -> str:
    """Return a zone as people name it: by its city."""
    return zone.rsplit("/", 1)[-1].replace("_", " ")


def until_in_words(moment: datetime) -> str:
    """Return the last minute before a moment: nobody reads "Friday, 00:00" as the end of Thursday."""
    return in_words(moment - timedelta(minutes=1))
