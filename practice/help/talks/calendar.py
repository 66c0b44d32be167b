"""A talk in a calendar: as the file that comes with the mail, and in the feed of whoever follows one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from foundation.calendar import Entry, calendar, written
from foundation.models import Community
from practice.help.talks.shown import organization_as
from practice.models import Talk

if TYPE_CHECKING:
    from ambassadors.models import User

S = Talk.Status


def entry_of(talk: Talk, person: User) -> Entry:
    """The talk as one of the two sees it. It has been agreed on."""
    assert talk.starts is not None  # noqa: S101  said above
    zone = ZoneInfo(talk.time_zone)
    other = organization_as(talk) if person.pk == talk.volunteer_id else talk.volunteer.name
    return Entry(
        uid=f"practice-talk-{talk.pk}@{settings.MAIL_DOMAIN}",
        title=_("Talk: %(other)s") % {"other": other},
        starts=talk.starts.astimezone(zone),
        ends=talk.ends.astimezone(zone),
        changed_at=talk.changed_at,
        sequence=talk.sequence,
        place=talk.where,
        url=settings.SITE_URL + talk.get_absolute_url(),
        is_cancelled=talk.status == S.CANCELLED,
    )


def file_of(talk: Talk, person: User) -> bytes:
    """The same as a calendar file."""
    return written(Community.seen().name, [entry_of(talk, person)])


@calendar.register("practice talks")
def entries(person: User, since: datetime, until: datetime) -> Iterator[Entry]:
    """Those that are agreed on, and for a while those that were called off."""
    rows = Talk.objects.visible_to(person).filter(status__in=[S.AGREED, S.CANCELLED], starts__gte=since, starts__lt=until)
    yield from (entry_of(talk, person) for talk in rows.select_related("volunteer", "organization", "asked_by").distinct())
