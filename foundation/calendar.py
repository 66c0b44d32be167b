"""What comes up for a person, as a calendar file that their own calendar follows. Each app says what it has; icalendar writes it down."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from icalendar import Calendar, Event, vUri

from foundation.registry import Registry
from foundation.tokens import Purpose

if TYPE_CHECKING:
    from ambassadors.models import User
    from foundation.models import Token

MAKER = "-//Concentric//Calendar//EN"
LOOK_AGAIN = timedelta(hours=4)
BACK, AHEAD = timedelta(days=60), timedelta(days=400)  # of what a feed tells


@dataclass(frozen=True)
class Entry:
    """One thing that happens at a time. `uid` stays its own for ever; whatever is changed about it raises `sequence`.

    `starts` and `ends` carry the zone in which it was arranged.
    """

    uid: str
    title: str
    starts: datetime
    ends: datetime
    changed_at: datetime
    sequence: int = 0
    words: str = ""
    place: str = ""
    url: str = ""
    is_cancelled: bool = False


# Each returns what it has for the person between two moments, read through `visible_to(person)`.
calendar: Registry[Callable[[User, datetime, datetime], Iterable[Entry]]] = Registry("source of the calendar")


def _is_a_member(token: Token) -> bool:
    return token.person is not None and bool(token.person.is_member)


FEED = Purpose("calendar", alive=_is_a_member)


def entries_of(person: User, now: datetime | None = None) -> list[Entry]:
    """What the person's feed tells now: the last weeks, and the year to come."""
    now = now or timezone.now()
    found = (entry for source in calendar for entry in source(person, now - BACK, now + AHEAD))
    return sorted(found, key=lambda entry: (entry.starts, entry.uid))


def written(name: str, entries: Iterable[Entry]) -> bytes:
    """Return a calendar file (RFC 5545) with these entries, and the rules of each zone in which they stand."""
    now = timezone.now()
    file = Calendar()
    for key, value in (
        ("prodid", MAKER),
        ("version", "2.0"),
        ("calscale", "GREGORIAN"),
        ("method", "PUBLISH"),
        ("x-wr-calname", name),
    ):
        file.add(key, value)
    file.add("refresh-interval", LOOK_AGAIN, parameters={"VALUE": "DURATION"})
    file.add("x-published-ttl", "PT4H")
    for entry in entries:
        file.add_component(_event(entry, now))
    if file.events:
        _add_zones(file)
    return bytes(file.to_ical())


def _event(entry: Entry, now: datetime) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("last-modified", entry.changed_at.astimezone(UTC))
    event.add("dtstart", entry.starts)
    event.add("dtend", entry.ends)
    event.add("summary", entry.title)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    for key, value in (("description", entry.words), ("location", entry.place)):
        if value:
            event.add(key, value)
    if entry.url:
        event.add("url", vUri(entry.url))
    return event


def _add_zones(file: Calendar) -> None:
    """Say how the clocks of each zone go over the time that the file speaks of, and not since 1970."""
    moments: list[Any] = [event.start for event in file.events]
    file.add_missing_timezones(
        first_date=(min(moments) - timedelta(days=366)).date(), last_date=(max(moments) + timedelta(days=366)).date()
    )
