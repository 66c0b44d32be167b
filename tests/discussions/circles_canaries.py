"""Canaries in a circle: where it meets, and why a meeting is not as usual, are for its people."""

from __future__ import annotations

from datetime import date

from discussions.circles import workflow
from tests.discussions import circling
from tests.leaks import Garden


def plant(garden: Garden) -> None:
    """A closed circle of the ambassador's. Everybody knows that it is there, and when it meets."""
    person = garden.cast.ambassador
    circle = circling.led_by(person, name="Evening heads", place=garden.canary("discussions.Circle.place", "ambassador"))
    words = garden.canary("discussions.MeetingChange.words", "ambassador")
    workflow.call_off_meeting(circle, date(2027, 2, 4), by=person, words=words)
    circle.changes.update(told=garden.canary("discussions.MeetingChange.told"))
    page = circle.get_absolute_url()
    garden.pages += [page, f"{page}edit/", f"{page}meetings/2027-02-04/", f"{page}meetings/2027-02-04.ics"]
