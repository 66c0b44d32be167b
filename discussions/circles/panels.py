"""On the page of a circle's space: when it meets next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from discussions.circles import timetable
from discussions.models import Circle, Space
from foundation.panels import Panel, panels

if TYPE_CHECKING:
    from ambassadors.models import User


def next_meeting(reader: User | AnonymousUser, space: Space) -> dict[str, Any] | None:
    """The next meeting and the cadence, for whoever knows of the space."""
    if space.is_topic:
        return None
    circle = Circle.objects.visible_to(reader).with_timetable().filter(space=space).first()
    if circle is None:
        return None
    ahead = [one for one in timetable.coming(circle, timezone.now(), 4) if not one.is_called_off]
    cadence = timetable.cadence_in_words(timetable.in_force(circle))
    return {"url": circle.get_absolute_url(), "cadence": cadence, "meeting": ahead[0] if ahead and not space.has_ended else None}


panels.add("next meeting", Panel("space", "discussions/circles/_next_meeting.html", next_meeting, weight=5))
