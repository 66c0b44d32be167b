"""What the owner of an action is mailed: a reminder in the week before its day, and one on the day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from correspondence.kinds import Kind, kinds
from practice.models import Action
from practice.talking.link import url_of

if TYPE_CHECKING:
    from correspondence.models import OutgoingMail


def _action(mail: OutgoingMail) -> Action | None:
    found: Action | None = Action.objects.select_related("session__organization").filter(pk=mail.about.get("action")).first()
    return found


def _is_wanted(mail: OutgoingMail) -> bool:
    found = _action(mail)
    return found is not None and found.status == Action.Status.OPEN and found.wants_reminders and found.address == mail.address


def _context(mail: OutgoingMail) -> dict[str, Any]:
    found = _action(mail)
    assert found is not None  # noqa: S101  asked just before
    return {
        "owner": found.owner,
        "organization": found.session.organization.name,
        "words": found.words,
        "due": date_format(found.due_on, "j F Y"),
        "url": url_of(found),
    }


def _sample() -> dict[str, Any]:
    return {
        "owner": _("Amara Example"),
        "organization": _("Harbour Kitchen"),
        "words": _("Hang the list of who borrowed what by the door."),
        "due": _("1 March 2027"),
        "url": f"{settings.SITE_URL}/practice/actions/due/example/",
    }


kinds.add(
    "practice_action",
    Kind(
        "practice_action",
        gettext_lazy("Reminder of what one promised to do for one's organisation"),
        _context,
        _sample,
        _is_wanted,
        optional=False,
        placeholders=("owner", "organization", "words", "due", "url"),
        required=("url",),
        is_unlisted=True,
    ),
)
