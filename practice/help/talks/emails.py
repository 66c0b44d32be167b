"""What is mailed about talks: to the volunteer that somebody asks, then to either side how it stands. Of the organisation what it ticked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from correspondence.kinds import File, Kind, kinds
from practice.help.talks import workflow
from practice.help.talks.calendar import file_of
from practice.help.talks.shown import organization_as, shared_by
from practice.models import Talk

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from correspondence.models import OutgoingMail

S = Talk.Status
URL = "/practice/talks/7/"


def _talk(mail: OutgoingMail) -> Talk | None:
    """The talk, while its reader is one of the two."""
    found: Talk | None = Talk.objects.select_related("volunteer", "organization", "asked_by").filter(pk=mail.about["talk"]).first()
    if found is None or mail.person is None:
        return None
    return found if mail.person.pk == found.volunteer_id or workflow.asks(mail.person, found) else None


def _asked_wanted(mail: OutgoingMail) -> bool:
    found = _talk(mail)
    return found is not None and found.status == S.ASKED


def _asked(mail: OutgoingMail) -> dict[str, Any]:
    found = _talk(mail)
    assert found is not None  # noqa: S101  asked just before
    shared = shared_by(found)
    return {
        "organization": organization_as(found),
        "who": shared.person,
        "address": shared.address,
        "words": shared.words,
        "has_figures": bool(shared.figures),
        "times": [_said(time) for time in found.offered],
        "url": _url(found),
    }


def _news_wanted(mail: OutgoingMail) -> bool:
    """While nothing has happened since that would be told in its place."""
    found = _talk(mail)
    return found is not None and found.sequence == mail.about["sequence"]


def _news(mail: OutgoingMail) -> dict[str, Any]:
    found = _talk(mail)
    assert found is not None and mail.person is not None  # noqa: S101, PT018  likewise
    is_volunteer = mail.person.pk == found.volunteer_id
    return {
        "status": str(found.status),
        "is_volunteer": is_volunteer,
        "other": organization_as(found) if is_volunteer else found.volunteer.name,
        "starts": _said(found.starts) if found.starts else "",
        "where": found.where if found.status == S.AGREED else "",
        "times": [_said(time) for time in found.offered] if found.status in {S.ASKED, S.OFFERED} else [],
        "url": _url(found) if not (is_volunteer and found.status == S.WITHDRAWN) else "",
    }


def _files(mail: OutgoingMail) -> Iterable[File]:
    """The calendar file, of what is agreed and of what was called off."""
    found = _talk(mail)
    if found is not None and mail.person is not None and found.status in {S.AGREED, S.CANCELLED}:
        yield File("talk.ics", file_of(found, mail.person), "text/calendar")


def _said(time: datetime) -> str:
    there = timezone.localtime(time)
    return f"{date_format(there, 'l, j F Y, H:i')} ({timezone.get_current_timezone_name()})"


def _url(talk: Talk) -> str:
    return settings.SITE_URL + talk.get_absolute_url()


def _sample() -> dict[str, Any]:
    return {
        "status": "agreed",
        "is_volunteer": False,
        "other": _("Amara Example"),
        "starts": "Monday, 1 March 2027, 15:00 (Europe/Lisbon)",
        "where": "https://meet.example/harbour",
        "times": [],
        "url": settings.SITE_URL + URL,
    }


kinds.add(
    "practice_talk_asked",
    Kind(
        "practice_talk_asked",
        gettext_lazy("An organisation asks you for a short talk"),
        _asked,
        lambda: {
            "organization": _("An organisation that uses %(title)s") % {"title": _("The Performance Practice")},
            "who": "",
            "address": "",
            "words": _("How does one begin to talk about this with a board?"),
            "has_figures": True,
            "times": ["Monday, 1 March 2027, 15:00 (Europe/Lisbon)"],
            "url": settings.SITE_URL + URL,
        },
        _asked_wanted,
        optional=False,
        placeholders=("organization", "words", "url"),
        required=("url",),
        asks=True,
        is_unlisted=True,
    ),
)
kinds.add(
    "practice_talk_news",
    Kind(
        "practice_talk_news",
        gettext_lazy("How it stands with a short talk"),
        _news,
        _sample,
        _news_wanted,
        optional=False,
        placeholders=("other", "starts", "where", "url"),
        required=("other",),
        is_unlisted=True,
        files=_files,
    ),
)
