"""Telling the people of a circle, once, that it meets at another pace, or that one meeting is not when it was."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from correspondence import outbox
from correspondence.due import steps
from discussions.circles import timetable
from discussions.models import Circle, CircleCadence, Follow, MeetingChange, SpaceRole

if TYPE_CHECKING:
    from collections.abc import Iterable

AT_ONCE = 200


def tell_changes() -> int:
    """Tell what has waited long enough; return how many mails were posted. Two clocks do no harm."""
    now = timezone.now()
    cadences = list(Circle.objects.to_tell(now).values_list("pk", flat=True)[:AT_ONCE])
    meetings = list(MeetingChange.objects.to_tell(now).values_list("pk", flat=True)[:AT_ONCE])
    return sum(tell_cadence(pk, now) for pk in cadences) + sum(tell_meeting(pk, now) for pk in meetings)


@transaction.atomic
def tell_cadence(circle_pk: int, now: datetime) -> int:
    """Tell the people of a circle of its new cadence, beside the one that they know of. What was taken back meanwhile is not told."""
    # The date goes and the mails are posted in one commit; a second clock waits for the row, and finds no date.
    circle = (
        Circle.objects.to_tell(now).select_for_update(no_key=True, of=("self",)).select_related("told").filter(pk=circle_pk).first()
    )
    if circle is None:
        return 0
    before, after = circle.told, CircleCadence.objects.in_force().get(circle=circle)
    Circle.objects.filter(pk=circle.pk).update(tell_at=None, told=after)
    if timetable.is_the_same(before, after):
        return 0
    people = _people_of(circle, without=after.by_id)
    key = f"circle-cadence:{after.pk}"
    return outbox.post_many("circle_cadence", people, key=key, circle=circle.pk, before=before.pk if before else 0, after=after.pk)


@transaction.atomic
def tell_meeting(change_pk: int, now: datetime) -> int:
    """Tell them of one meeting, if it is not what they know of, and is still to come."""
    rows = MeetingChange.objects.to_tell(now).select_for_update(no_key=True, of=("self",)).select_related("circle__space")
    change = rows.filter(pk=change_pk).first()  # under its lock, as above
    if change is None:
        return 0
    known, said = change.told, change.said
    MeetingChange.objects.filter(pk=change.pk).update(tell_at=None, told=said)
    if known == said:
        return 0
    key = f"circle-meeting:{change.pk}:{change.sequence}"
    return outbox.post_many("circle_meeting", _people_of(change.circle), key=key, change=change.pk, said=said, known=known)


def _people_of(circle: Circle, without: int | None = None) -> Iterable[int]:
    """Everybody in it, but for those who want to hear nothing of its space, and for whoever made the change."""
    muted = Follow.objects.filter(space=circle.space_id, level=Follow.Level.MUTED).values("person")
    people = SpaceRole.objects.of_members().filter(space=circle.space_id).exclude(person__in=muted)
    return list(people.exclude(person=without).order_by("person").values_list("person", flat=True).distinct())


steps.add("circles that meet at another time", tell_changes)
