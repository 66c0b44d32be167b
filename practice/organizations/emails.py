"""What is mailed about running an organisation: the invitation, that one is taken out, and that all of it was erased."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambassadors.models import User
from correspondence.kinds import Kind, kinds
from correspondence.models.outgoing import zone_of
from practice.models import PracticeAdministrator, PracticeInvitation, PracticeOrganization
from practice.organizations.erasing import ENDED, TALK_ENDED
from practice.organizations.link import url_of
from practice.organizations.workflow import INVITED, TAKEN_OUT
from practice.querysets.organizations import INVITATION_LASTS

if TYPE_CHECKING:
    from correspondence.models import OutgoingMail


def _invitation(mail: OutgoingMail) -> PracticeInvitation | None:
    rows = PracticeInvitation.objects.alive().select_related("organization", "by")
    found: PracticeInvitation | None = rows.filter(pk=mail.about["invitation"], sent=mail.about["sent"]).first()
    return found


def _invited(mail: OutgoingMail) -> dict[str, Any]:
    found = _invitation(mail)
    assert found is not None  # noqa: S101  asked just before
    return {
        "name": found.name,
        "organization": found.organization.name,
        "by": found.by.name if found.by else found.organization.name,
        "until": date_format(found.sent_at + INVITATION_LASTS, "j F Y"),
        "url": url_of(found),
    }


def _invited_sample() -> dict[str, Any]:
    return {
        "name": _("Amara Example"),
        "organization": _("Harbour Kitchen"),
        "by": _("Jo Example"),
        "until": _("1 March 2027"),
        "url": f"{settings.SITE_URL}/practice/administrators/invited/example/",
    }


def _is_out(mail: OutgoingMail) -> bool:
    """While they were not asked back in."""
    organization = PracticeOrganization.objects.filter(pk=mail.about["organization"])
    return (
        organization.exists()
        and not PracticeAdministrator.objects.filter(organization__in=organization, person=mail.person).exists()
    )


def _taken_out(mail: OutgoingMail) -> dict[str, Any]:
    organization = PracticeOrganization.objects.get(pk=mail.about["organization"])
    return {"name": mail.person.name if mail.person else "", "organization": organization.name, "by": _who(mail)}


def _ended(mail: OutgoingMail) -> dict[str, Any]:
    """Its name is gone with it."""
    return {"name": mail.person.name if mail.person else "", "by": _who(mail), "day": date_format(mail.created_at, "j F Y")}


def _talk_ended(mail: OutgoingMail) -> dict[str, Any]:
    said = mail.about["starts"]
    starts = timezone.localtime(datetime.fromisoformat(said), zone_of(mail.person)) if said else None
    name = mail.person.name if mail.person else ""
    return {"name": name, "starts": date_format(starts, "l, j F Y, H:i") if starts else ""}


def _who(mail: OutgoingMail) -> str:
    found = User.objects.filter(pk=mail.about["by"]).first()
    return found.name if found else _("somebody who runs it")


def _always(mail: OutgoingMail) -> bool:
    return True


kinds.add(
    INVITED,
    Kind(
        INVITED,
        gettext_lazy("Invitation to run an organisation's sessions"),
        _invited,
        _invited_sample,
        lambda mail: _invitation(mail) is not None,
        optional=False,
        placeholders=("name", "organization", "by", "until", "url"),
        required=("url",),
        is_unlisted=True,
    ),
)
kinds.add(
    TAKEN_OUT,
    Kind(
        TAKEN_OUT,
        gettext_lazy("One no longer runs an organisation's sessions"),
        _taken_out,
        lambda: {"name": _("Amara Example"), "organization": _("Harbour Kitchen"), "by": _("Jo Example")},
        _is_out,
        optional=False,
        placeholders=("name", "organization", "by"),
        is_unlisted=True,
    ),
)
kinds.add(
    ENDED,
    Kind(
        ENDED,
        gettext_lazy("An organisation whose sessions one ran was erased"),
        _ended,
        lambda: {"name": _("Amara Example"), "by": _("Jo Example"), "day": _("1 March 2027")},
        _always,
        optional=False,
        placeholders=("name", "by", "day"),
        is_unlisted=True,
    ),
)
kinds.add(
    TALK_ENDED,
    Kind(
        TALK_ENDED,
        gettext_lazy("A talk does not take place: the organisation was erased"),
        _talk_ended,
        lambda: {"name": _("Amara Example"), "starts": _("Monday, 1 March 2027, 14:00")},
        _always,
        optional=False,
        placeholders=("name", "starts"),
        is_unlisted=True,
    ),
)
