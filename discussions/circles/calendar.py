"""The meetings of one's circles, in one's calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING

from discussions.circles import timetable
from discussions.models import Circle
from foundation.calendar import Entry, calendar

if TYPE_CHECKING:
    from ambassadors.models import User


@calendar.register("circles")
def entries(person: User, since: datetime, until: datetime) -> Iterator[Entry]:
    """Those of the circles that they are in at this moment; what a former cadence had is said to be called off for a while."""
    for circle in Circle.objects.visible_to(person).joined_by(person).with_timetable():
        both = chain(timetable.meetings(circle, since, until), timetable.dropped(circle, since, until))
        yield from (timetable.entry_of(meeting, is_inside=True) for meeting in both)
