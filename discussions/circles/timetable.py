"""The meetings of a circle: computed from its cadences, past and present, and from what was changed about single ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from discussions.models import CircleCadence, MeetingChange
from discussions.prompts import scheduling
from foundation.calendar import Entry

if TYPE_CHECKING:
    from discussions.models import Circle

NAMED = timedelta(days=366 * 20)  # how far from today a day may be asked for: what walks the calendar to it stays short
FARTHEST = timedelta(days=60)  # a meeting may be moved so far from its day
TAKEN_BACK = timedelta(days=120)  # how far ahead meetings that a new cadence has dropped are said to be called off
Status = MeetingChange.Status


@dataclass(frozen=True)
class Meeting:
    """One meeting. `on` is the day that the cadence gave it, and its name for ever; `starts` is when it is, as the circle's clock shows."""

    circle: Circle
    on: date
    planned: datetime
    starts: datetime
    ends: datetime
    status: str
    words: str
    sequence: int
    changed_at: datetime
    is_dropped: bool = False

    @property
    def url(self) -> str:
        """Its page, or the circle's where no cadence has it any more."""
        if self.is_dropped:
            return self.circle.get_absolute_url()
        return reverse("discussions:meeting-detail", args=[self.circle.space.slug, self.on.isoformat()])

    @property
    def uid(self) -> str:
        """By which calendars know it."""
        return f"circle-{self.circle.pk}-{self.on:%Y%m%d}@{settings.MAIL_DOMAIN}"

    @property
    def is_called_off(self) -> bool:
        return self.status == Status.CALLED_OFF

    @property
    def is_moved(self) -> bool:
        return self.status == Status.MOVED


def in_force(circle: Circle) -> CircleCadence:
    """The cadence by which the circle meets now."""
    return max(circle.cadences.all(), key=lambda cadence: (cadence.until is None, cadence.since, cadence.pk))


def meetings(circle: Circle, since: datetime, until: datetime) -> list[Meeting]:
    """The meetings that begin between two moments, those that were called off too, in order. None is to come in a space that has ended."""
    changes = {change.on: change for change in circle.changes.all()}
    found: dict[date, Meeting] = {}
    for cadence in circle.cadences.all():
        for day in _days(circle, cadence, since - FARTHEST, until + FARTHEST):
            found[day] = _meeting(circle, cadence, day, changes.get(day))
    return sorted((one for one in found.values() if since <= one.starts < until), key=lambda one: (one.starts, one.on))


def coming(circle: Circle, now: datetime, most: int) -> list[Meeting]:
    """The next meetings, in order, one that is going on included."""
    ahead = timedelta(days=7 * 5 * in_force(circle).every * (most + 1))
    return [one for one in meetings(circle, now - timedelta(hours=10), now + ahead) if one.ends > now][:most]


def meeting_of(circle: Circle, on: date) -> Meeting | None:
    """The meeting of a day, by the day that its cadence gave it; of days in another age there is none."""
    if abs(on - timezone.localdate()) > NAMED:
        return None
    change = next((change for change in circle.changes.all() if change.on == on), None)
    for cadence in reversed(list(circle.cadences.all())):
        day = datetime.combine(on, cadence.at, ZoneInfo(cadence.time_zone))
        if on in _days(circle, cadence, day - timedelta(days=1), day + timedelta(days=1)):
            return _meeting(circle, cadence, on, change)
    return None


def dropped(circle: Circle, since: datetime, until: datetime) -> Iterator[Meeting]:
    """The meetings which were to come by a former cadence, and which the one after it no longer has: calendars may hold them still."""
    cadences = list(circle.cadences.all())
    kept = {one.on for one in meetings(circle, since - FARTHEST, until + FARTHEST)}
    said: set[date] = set()
    for former, later in zip(reversed(cadences[:-1]), reversed(cadences[1:]), strict=True):
        assert former.until is not None  # noqa: S101  another one followed
        for day in scheduling.days_of(former, former.until.date()):
            moment = scheduling.local_moment(former, day)
            if moment >= min(until, former.until + TAKEN_BACK):
                break
            if moment >= max(since, former.until) and day not in kept | said:
                said.add(day)
                yield _called_off(circle, former, day, later)


def cadence_in_words(cadence: CircleCadence) -> str:
    """How often, on which day, at what hour and of which clock: “every week on Thursday at 16:00 (Europe/London)”."""
    said = {"day": date_format(cadence.starts_on, "l"), "hour": f"{cadence.at:%H:%M}", "every": cadence.every}
    zone = cadence.time_zone.replace("_", " ")
    if cadence.unit == CircleCadence.Unit.WEEKS:
        how = ngettext(
            "every week on %(day)s at %(hour)s (%(zone)s)", "every %(every)d weeks on %(day)s at %(hour)s (%(zone)s)", cadence.every
        )
        return how % (said | {"zone": zone})
    places = {1: _("the first %s"), 2: _("the second %s"), 3: _("the third %s"), 4: _("the fourth %s"), -1: _("the last %s")}
    said["day"] = places[cadence.place_in_month] % said["day"]
    how = ngettext(
        "every month on %(day)s at %(hour)s (%(zone)s)", "every %(every)d months on %(day)s at %(hour)s (%(zone)s)", cadence.every
    )
    return how % (said | {"zone": zone})


def is_the_same(one: CircleCadence | None, other: CircleCadence) -> bool:
    """Whether two cadences say the same of the days after the later one began."""
    return one is not None and _key(one, other.since) == _key(other, other.since)


def entry_of(meeting: Meeting, *, is_inside: bool) -> Entry:
    """The meeting for a calendar; where it is, and what was said about it, stands there for the circle's own people."""
    words = meeting.words if is_inside else ""
    return Entry(
        uid=meeting.uid,
        title=meeting.circle.space.name,
        starts=meeting.starts,
        ends=meeting.ends,
        changed_at=meeting.changed_at,
        sequence=meeting.sequence,
        words=words,
        place=meeting.circle.place if is_inside else "",
        url=settings.SITE_URL + meeting.url,
        is_cancelled=meeting.is_called_off,
    )


def _days(circle: Circle, cadence: CircleCadence, since: datetime, until: datetime) -> Iterator[date]:
    """The days of one cadence between two moments, while it was in force."""
    ends = [until, *(end for end in (cadence.until, circle.space.ended_at if circle.space.has_ended else None) if end)]
    since, until = max(since, cadence.since), min(ends)
    for day in scheduling.days_of(cadence, (since - timedelta(days=1)).date()):
        moment = scheduling.local_moment(cadence, day)
        if moment >= until:
            return
        if moment >= since:
            yield day


def _meeting(circle: Circle, cadence: CircleCadence, on: date, change: MeetingChange | None) -> Meeting:
    planned = scheduling.local_moment(cadence, on)
    starts, status = planned, Status.PLANNED.value
    if change is not None:
        status = change.status
        if change.status == Status.MOVED and change.moved_to is not None:
            starts = change.moved_to.astimezone(ZoneInfo(cadence.time_zone))
    return Meeting(
        circle=circle,
        on=on,
        planned=planned,
        starts=starts,
        ends=_later(starts, cadence.minutes),
        status=status,
        words=change.words if change else "",
        sequence=max(cadence.sequence, change.sequence if change else 0),
        changed_at=max(cadence.since, change.changed_at) if change else cadence.since,
    )


def _called_off(circle: Circle, former: CircleCadence, day: date, later: CircleCadence) -> Meeting:
    starts = scheduling.local_moment(former, day)
    ends = _later(starts, former.minutes)
    return Meeting(circle, day, starts, starts, ends, Status.CALLED_OFF.value, "", later.sequence, later.since, is_dropped=True)


def _later(starts: datetime, minutes: int) -> datetime:
    """So many minutes later, though the clocks may change in between."""
    return (starts.astimezone(ZoneInfo("UTC")) + timedelta(minutes=minutes)).astimezone(starts.tzinfo)


def _key(cadence: CircleCadence, since: datetime) -> tuple[object, ...]:
    weekday, begins = cadence.starts_on.weekday(), max(cadence.starts_on, since.date())
    first: object = cadence.place_in_month
    if cadence.unit == CircleCadence.Unit.WEEKS:  # by which of its weeks it is reckoned
        first = cadence.starts_on.toordinal() // 7 % cadence.every
    return cadence.unit, cadence.every, weekday, first, begins, cadence.at, cadence.time_zone, cadence.minutes
