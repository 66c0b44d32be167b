"""A circle is opened, meets at another pace, moves a meeting, calls one off. Nobody is told here: the clock tells, once."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from discussions.circles import rules, timetable
from discussions.models import Circle, CircleCadence, MeetingChange, Space
from discussions.spaces.workflow import start_space
from foundation.models import Community, RoleLabel, Via
from foundation.workflow import Transition, TransitionRefused, apply, record

if TYPE_CHECKING:
    from ambassadors.models import User

S = MeetingChange.Status
ANY = frozenset({S.PLANNED, S.MOVED, S.CALLED_OFF})
MOVE = Transition("moved a meeting of the circle", ANY, S.MOVED, rules.runs_meeting)
CALL_OFF = Transition("called a meeting of the circle off", frozenset({S.PLANNED, S.MOVED}), S.CALLED_OFF, rules.runs_meeting)
RESTORE = Transition("put a meeting of the circle back", frozenset({S.MOVED, S.CALLED_OFF}), S.PLANNED, rules.runs_meeting)
CADENCE = ("every", "unit", "starts_on", "at", "time_zone", "minutes")


@transaction.atomic
def open_circle(
    label: RoleLabel,
    *,
    by: User,
    name: str,
    purpose: str,
    openness: str,
    cadence: dict[str, Any],
    place: str = "",
    via: Via = Via.WEB,
) -> Circle:
    """Open a circle for one role label, with a space of its own that `by` leads. Raises PermissionDenied for all but the support team."""
    if not rules.may_open(by):
        raise PermissionDenied(_("Circles are opened by the support team."))
    space = start_space(by=by, name=name, purpose=purpose, openness=openness, via=via)
    circle = Circle.objects.create(space=space, label=label, place=place.strip())
    circle.told = CircleCadence.objects.create(circle=circle, by=by, since=timezone.now(), **cadence)
    circle.save(update_fields=["told"])
    record("opened a circle", space, by=by, via=via)
    return circle


@transaction.atomic
def set_place(circle: Circle, *, by: User, place: str, via: Via = Via.WEB) -> bool:
    """Say where it meets; return whether that is anything new. Calendars learn of it, and nobody is mailed."""
    held = _held(circle, by)
    if held.place == place.strip():
        return False
    held.place = place.strip()
    held.save(update_fields=["place"])
    record("changed where the circle meets", held.space, by=by, via=via)
    return True


@transaction.atomic
def change_cadence(circle: Circle, *, by: User, via: Via = Via.WEB, **cadence: Any) -> bool:
    """Let the circle meet by another cadence from now on; return whether it is another one.

    The meetings that were stay where they were, and nobody is invited anew. Its people are told once, when there was time to mend it:
    changed twice before that, they hear of the last. Pressed twice, the second press finds it done.
    """
    held = _held(circle, by)
    former = CircleCadence.objects.in_force().get(circle=held)
    if all(getattr(former, name) == value for name, value in cadence.items()):
        return False
    now = timezone.now()
    held.sequence += 1
    CircleCadence.objects.filter(pk=former.pk).update(until=now)
    CircleCadence.objects.create(circle=held, by=by, since=now, sequence=held.sequence, **cadence)
    held.tell_at = held.tell_at or now + Community.seen().time_to_mend
    held.save(update_fields=["sequence", "tell_at"])
    record("changed when the circle meets", held.space, by=by, via=via)
    return True


def move_meeting(circle: Circle, on: date, *, by: User, to: datetime, words: str = "", via: Via = Via.WEB) -> None:
    """Let one meeting take place at another time. Raises ValidationError when that has passed, or is too far away."""
    now = timezone.now()
    if to <= now:
        raise ValidationError({"day": _("This moment has passed.")})
    meeting = timetable.meeting_of(circle, on)
    if meeting is not None and abs(to - meeting.planned) > timetable.FARTHEST:
        raise ValidationError({"day": _("That is more than two months from its day. Call it off instead.")})
    _change(MOVE, circle, on, by=by, via=via, moved_to=to, words=words)


def call_off_meeting(circle: Circle, on: date, *, by: User, words: str = "", via: Via = Via.WEB) -> None:
    """Let one meeting not take place."""
    _change(CALL_OFF, circle, on, by=by, via=via, moved_to=None, words=words)


def restore_meeting(circle: Circle, on: date, *, by: User, via: Via = Via.WEB) -> None:
    """Let one meeting take place as it was planned."""
    _change(RESTORE, circle, on, by=by, via=via, moved_to=None, words="")


@transaction.atomic
def _change(move: Transition, circle: Circle, on: date, *, by: User, via: Via, words: str, **fields: Any) -> None:
    held = _held(circle, by)
    now = timezone.now()
    meeting = timetable.meeting_of(Circle.objects.with_timetable().get(pk=held.pk), on)
    if meeting is None or max(meeting.planned, meeting.starts) <= now:
        raise TransitionRefused(_("There is no such meeting to come."))
    change, _is_new = MeetingChange.objects.get_or_create(circle=held, on=on)
    change.circle = held
    held.sequence += 1
    held.save(update_fields=["sequence"])
    tell_at = change.tell_at or now + Community.seen().time_to_mend
    apply(move, change, by=by, via=via, words=words.strip(), sequence=held.sequence, changed_at=now, tell_at=tell_at, **fields)


def _held(circle: Circle, by: User) -> Circle:
    """The circle under its lock: what is changed about its meetings queues here, so that each change has a number of its own."""
    held = Circle.objects.select_for_update(no_key=True, of=("self",)).select_related("space").get(pk=circle.pk)
    if not rules.runs(by, held):
        raise PermissionDenied(_("When a circle meets is for those who lead it, and for the support team."))
    if held.space.status != Space.Status.ACTIVE:
        raise TransitionRefused(_("This circle has ended."))
    return held
