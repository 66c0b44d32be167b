"""What is mailed to the people of a circle about when it meets. Where it meets is in no mail."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from correspondence.kinds import Kind, kinds
from discussions.circles import rules, timetable
from discussions.models import Circle, CircleCadence, MeetingChange
from discussions.moments import in_words

if TYPE_CHECKING:
    from correspondence.models import OutgoingMail


def _circle_of(mail: OutgoingMail, pk: int) -> Circle | None:
    """The circle, while its reader is in it and it goes on."""
    if mail.person is None:
        return None
    found = Circle.objects.visible_to(mail.person).joined_by(mail.person).active().with_timetable().filter(pk=pk).first()
    return found if found is not None and rules.is_inside(mail.person, found) else None


def _cadence_is_wanted(mail: OutgoingMail) -> bool:
    return _circle_of(mail, mail.about["circle"]) is not None


def _cadence_context(mail: OutgoingMail) -> dict[str, Any]:
    circle = _circle_of(mail, mail.about["circle"])
    assert circle is not None  # noqa: S101  asked just before
    cadences = {cadence.pk: cadence for cadence in circle.cadences.all()}
    before, after = cadences.get(mail.about["before"]), cadences[mail.about["after"]]
    ahead = timetable.coming(circle, timezone.now(), 1)
    return {
        "space": circle.space.name,
        "before": timetable.cadence_in_words(before) if before else "",
        "after": timetable.cadence_in_words(after),
        "minutes_before": before.minutes if before else 0,
        "minutes": after.minutes,
        "next": in_words(ahead[0].starts) if ahead else "",
        "url": settings.SITE_URL + circle.get_absolute_url(),
    }


def _cadence_sample() -> dict[str, Any]:
    monthly = CircleCadence(every=1, unit="month weekdays", starts_on=datetime(2027, 1, 7).date(), time_zone="Europe/London")
    weekly = CircleCadence(every=1, unit="weeks", starts_on=datetime(2027, 1, 7).date(), time_zone="Europe/London")
    return {
        "space": _("Heads who also cook"),
        "before": timetable.cadence_in_words(monthly),
        "after": timetable.cadence_in_words(weekly),
        "minutes_before": 60,
        "minutes": 60,
        "next": in_words(timezone.now() + timedelta(days=3)),
        "url": f"{settings.SITE_URL}/circles/heads-who-also-cook/",
    }


def _change_of(mail: OutgoingMail) -> MeetingChange | None:
    return MeetingChange.objects.filter(pk=mail.about["change"]).first()


def _meeting_of(mail: OutgoingMail) -> timetable.Meeting | None:
    """The meeting, while it is what the mail was posted to say, and some of it is to come."""
    change = _change_of(mail)
    circle = _circle_of(mail, change.circle_id) if change is not None else None
    if change is None or circle is None or change.said != mail.about["said"]:
        return None
    meeting = timetable.meeting_of(circle, change.on)
    return meeting if meeting is not None and max(meeting.planned, meeting.starts) > timezone.now() else None


def _meeting_context(mail: OutgoingMail) -> dict[str, Any]:
    meeting = _meeting_of(mail)
    assert meeting is not None  # noqa: S101  asked just before
    return {
        "space": meeting.circle.space.name,
        "before": in_words(_known(mail, meeting)),
        "after": in_words(meeting.starts),
        "is_called_off": meeting.is_called_off,
        "was_called_off": mail.about["known"] == MeetingChange.Status.CALLED_OFF,
        "words": "" if meeting.circle.space.headlines_only else meeting.words,
        "url": settings.SITE_URL + meeting.url,
    }


def _known(mail: OutgoingMail, meeting: timetable.Meeting) -> datetime:
    """When it was to be, as far as its people knew."""
    moved = str(mail.about["known"]).removeprefix("moved to ")
    return meeting.planned if moved == mail.about["known"] else datetime.fromisoformat(moved)


def _meeting_sample() -> dict[str, Any]:
    return {
        "space": _("Heads who also cook"),
        "before": in_words(timezone.now() + timedelta(days=3)),
        "after": in_words(timezone.now() + timedelta(days=4)),
        "is_called_off": False,
        "was_called_off": False,
        "words": _("Half of us are at the harvest supper on Thursday."),
        "url": f"{settings.SITE_URL}/circles/heads-who-also-cook/meetings/2027-01-07/",
    }


kinds.add(
    "circle_cadence",
    Kind(
        name="circle_cadence",
        label=gettext_lazy("A circle of yours meets at another time"),
        description=gettext_lazy("Once, when a circle that you are in changes how often, or when, it meets."),
        context=_cadence_context,
        sample=_cadence_sample,
        still_wanted=_cadence_is_wanted,
        link=lambda mail, context: str(context["url"]),
        placeholders=("space", "before", "after", "next", "url"),
        required=("after",),
    ),
)
kinds.add(
    "circle_meeting",
    Kind(
        name="circle_meeting",
        label=gettext_lazy("A meeting of a circle is moved or called off"),
        description=gettext_lazy("When one meeting of a circle that you are in is not at its usual time."),
        context=_meeting_context,
        sample=_meeting_sample,
        still_wanted=lambda mail: _meeting_of(mail) is not None,
        link=lambda mail, context: str(context["url"]),
        placeholders=("space", "before", "after", "words", "url"),
        required=("url",),
    ),
)
