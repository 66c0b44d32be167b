"""What respondents are mailed: the invitation, and at most two reminders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from correspondence.kinds import Kind, kinds
from practice.answering.link import url_of
from practice.models import LearningSession, Respondent

if TYPE_CHECKING:
    from correspondence.models import OutgoingMail

R = Respondent.Status


def _respondent(mail: OutgoingMail) -> Respondent | None:
    rows = Respondent.objects.select_related("session__organization", "session__instrument_edition__edition", "session__begun_by")
    found: Respondent | None = rows.filter(pk=mail.about.get("respondent")).first()
    return found


def _is_open(mail: OutgoingMail) -> bool:
    """While the session is open and they are asked."""
    found = _respondent(mail)
    return found is not None and found.session.status == LearningSession.Status.OPEN and found.status in {R.ASKED, R.BEGUN}


def _context(mail: OutgoingMail) -> dict[str, Any]:
    found = _respondent(mail)
    assert found is not None  # noqa: S101  asked just before
    session = found.session
    return {
        "name": found.name,
        "organization": session.organization.name,
        "asks": session.instrument_edition.edition.title,
        "purpose": session.purpose,
        "note": found.note,
        "by": session.begun_by.name if session.begun_by else session.organization.name,
        "due": date_format(session.due_on, "j F Y") if session.due_on else "",
        "is_anonymous": session.is_anonymous,
        "minimum": session.minimum,
        "has_begun": found.status == R.BEGUN,
        "url": url_of(found),
    }


def _sample() -> dict[str, Any]:
    return {
        "name": _("Amara Example"),
        "organization": _("Harbour Kitchen"),
        "asks": _("The Performance Practice"),
        "purpose": _("To see where we agree before we plan the year."),
        "note": _("Your view from the front desk matters to me."),
        "by": _("Jo Example"),
        "due": _("1 March 2027"),
        "is_anonymous": True,
        "minimum": 4,
        "has_begun": False,
        "url": f"{settings.SITE_URL}/practice/respond/example/",
    }


for name, label in (
    ("practice_invitation", gettext_lazy("Invitation to answer for one's organisation")),
    ("practice_reminder", gettext_lazy("Reminder to answer for one's organisation")),
):
    kinds.add(
        name,
        Kind(
            name,
            label,
            _context,
            _sample,
            _is_open,
            optional=False,
            placeholders=("name", "organization", "asks", "purpose", "note", "by", "due", "url"),
            required=("url",),
            is_unlisted=True,
        ),
    )
