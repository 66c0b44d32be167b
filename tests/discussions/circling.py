"""Builders for circles: the least that is valid, through the workflow functions."""

from __future__ import annotations

from datetime import date, time

from ambassadors.models import User
from discussions.circles import workflow
from discussions.models import Circle
from discussions.spaces import roles
from discussions.spaces import workflow as spaces
from foundation.models import RoleLabel
from tests.discussions import making

MONTHLY = {
    "every": 1,
    "unit": "month weekdays",
    "starts_on": date(2027, 1, 7),
    "at": time(16),
    "time_zone": "Europe/London",
    "minutes": 60,
}
WEEKLY = MONTHLY | {"unit": "weeks"}


def label(name: str = "Executive director") -> RoleLabel:
    return RoleLabel.objects.get_or_create(name=name)[0]


def circle(by: User | None = None, **fields) -> Circle:
    """A closed circle of executive directors, on the first Thursday of a month at four in London, from January 2027."""
    said = {
        "name": "Heads who also cook",
        "purpose": "For those who lead, and also do.",
        "openness": "closed",
        "cadence": MONTHLY,
        "place": "https://meet.example/heads",
    }
    return workflow.open_circle(label(), by=by or making.host(), **{**said, **fields})


def led_by(person: User, **fields) -> Circle:
    """One that the support team opened and handed over."""
    one = circle(**fields)
    making.join(one.space, person, role="leader")
    roles.leave(one.space, by=making.host())
    return one


def hidden(person: User) -> Circle:
    one = led_by(person)
    spaces.edit_space(one.space, by=person, openness="hidden")
    one.refresh_from_db()
    return one
