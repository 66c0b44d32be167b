"""What is said about invitations: to the nominee, and to whoever nominated them. No mail of these holds a word of the case."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ambassadors.accounts.emails import code_sample, code_still_wanted
from ambassadors.inviting.seats import INVITATION_LINK, S
from ambassadors.models import Invitation, InvitationWish
from correspondence.kinds import Kind, kinds
from foundation import tokens
from foundation.models import Token
from foundation.secrecy import derived_code

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from correspondence.models import OutgoingMail

NEWS: dict[str, StrPromise] = {
    S.ACCEPTED: _("accepted the invitation, and belongs from today"),
    S.DECLINED: _("has declined the invitation"),
    S.EXPIRED: _("has not answered the invitation, and it is out of date now"),
}


def _live_link(mail: OutgoingMail) -> Token | None:
    """The link of the mail, while it opens anything."""
    token = Token.objects.filter(pk=mail.about["token"], used_at=None, withdrawn_at=None).first()
    return token if token is not None and INVITATION_LINK.alive(token) else None


def _is_open(mail: OutgoingMail) -> bool:
    return _live_link(mail) is not None


def _invitation_context(mail: OutgoingMail) -> dict[str, Any]:
    token = _live_link(mail)
    assert token is not None  # noqa: S101  asked just before
    invitation = token.subject
    assert isinstance(invitation, Invitation)  # noqa: S101  such are the subjects of these links
    cosigner = cosigner_of(invitation)
    return {
        "name": invitation.name,
        "nominator": cosigner,
        "note": invitation.note if cosigner else "",
        "expires_at": last_moment(invitation),
        "zone": settings.TIME_ZONE,
        "url": settings.SITE_URL + reverse("ambassadors:invitation-detail", args=[tokens.text_of(token)]),
    }


def cosigner_of(invitation: Invitation) -> str:
    """The name of whoever nominated them, while they belong and are credited; empty for somebody who left or was erased."""
    cosigner = invitation.cosigner
    return cosigner.shown_name if cosigner is not None and cosigner.is_member and cosigner.is_credited else ""


def last_moment(invitation: Invitation) -> Any:
    """The last moment at which it is open, to be shown as a date."""
    assert invitation.expires_at is not None  # noqa: S101  a constraint holds it for those that are out
    return invitation.expires_at


def _invitation_sample() -> dict[str, Any]:
    return {
        "name": _("Noor Example"),
        "nominator": _("Amara Example"),
        "note": _("You asked better questions than anybody in that room. Come and ask them here."),
        "expires_at": timezone.now() + timedelta(days=30),
        "zone": "UTC",
        "url": f"{settings.SITE_URL}/invitations/example/",
    }


def _code_context(mail: OutgoingMail) -> dict[str, Any]:
    code = derived_code(mail.kind, mail.about["nonce"])
    return {"code": f"{code[:4]}-{code[4:]}", "minutes": settings.CODES_LAST // 60}


def _code_is_wanted(mail: OutgoingMail) -> bool:
    """Until it lapses, and while the link beside which it is typed in is alive."""
    return code_still_wanted(mail) and _is_open(mail)


def _news_of(mail: OutgoingMail) -> Invitation | None:
    found = Invitation.objects.filter(pk=mail.about["invitation"], status=mail.about["state"], cosigner=mail.person)
    invitation: Invitation | None = found.select_related("nomination").first()
    return invitation


def _is_news(mail: OutgoingMail) -> bool:
    """While it is true, and its reader a member."""
    return mail.person is not None and bool(mail.person.is_member) and _news_of(mail) is not None


def _news_context(mail: OutgoingMail) -> dict[str, Any]:
    invitation = _news_of(mail)
    assert invitation is not None  # noqa: S101  asked just before
    url = settings.SITE_URL + invitation.nomination.get_absolute_url()
    state = mail.about["state"]
    return {"person": mail.person, "nominee": invitation.name, "news": NEWS[state], "has_joined": state == S.ACCEPTED, "url": url}


def _news_sample() -> dict[str, Any]:
    url = f"{settings.SITE_URL}/desk/"
    return {
        "person": _("Amara Example"),
        "nominee": _("Noor Example"),
        "news": NEWS[S.ACCEPTED],
        "has_joined": True,
        "url": url,
    }


for name, label in (
    ("invitation", _("An invitation to join")),
    ("invitation_reminder", _("A reminder of an invitation, once before it lapses")),
):
    kinds.add(
        name,
        Kind(
            name,
            label,
            _invitation_context,
            _invitation_sample,
            _is_open,
            optional=False,
            placeholders=("name", "nominator", "note", "expires_at", "zone", "url"),
            required=("url",),
        ),
    )
kinds.add(
    "invitation_code",
    Kind(
        "invitation_code",
        _("Code to accept an invitation"),
        _code_context,
        lambda: {key: value for key, value in code_sample().items() if key != "person"},
        _code_is_wanted,
        optional=False,
        placeholders=("code", "minutes"),
        required=("code",),
    ),
)
kinds.add(
    "invitation_news",
    Kind(
        "invitation_news",
        _("What became of somebody you nominated"),
        _news_context,
        _news_sample,
        _is_news,
        optional=False,
        placeholders=("person", "nominee", "news", "url"),
    ),
)


def _wish_of(mail: OutgoingMail) -> InvitationWish | None:
    found = InvitationWish.objects.visible_to(mail.person).open() if mail.person else InvitationWish.objects.none()
    wish: InvitationWish | None = found.filter(pk=mail.about["wish"]).select_related("invitation", "person__user").first()
    return wish


def _is_wished(mail: OutgoingMail) -> bool:
    """While it is open, and its reader still runs the case; where nothing was to be asked, the row is dropped."""
    return _wish_of(mail) is not None


def _wish_context(mail: OutgoingMail) -> dict[str, Any]:
    wish = _wish_of(mail)
    assert wish is not None  # noqa: S101  asked just before
    return {
        "person": mail.person,
        "nominee": wish.invitation.name,
        "wish": wish.get_kind_display(),
        "other_address": wish.email,
        "words": wish.words,
        "with_whom": str(wish.person or ""),
        "url": settings.SITE_URL + reverse("admin:ambassadors_invitation_change", args=[wish.invitation_id]),
    }


def _wish_sample() -> dict[str, Any]:
    return {
        "person": _("Amara Example"),
        "nominee": _("Noor Example"),
        "wish": InvitationWish.Kind.CALL.label,
        "other_address": "",
        "words": _("How much time does it take in a month? Any evening next week, from Lisbon."),
        "with_whom": "",
        "url": f"{settings.SITE_URL}/admin/",
    }


def _has_moved(mail: OutgoingMail) -> bool:
    """While the invitation is open elsewhere."""
    return Invitation.objects.holding_seats().filter(pk=mail.about["invitation"]).exists()


kinds.add(
    "invitation_wish",
    Kind(
        "invitation_wish",
        _("Something is asked about an invitation"),
        _wish_context,
        _wish_sample,
        _is_wished,
        optional=False,
        placeholders=("person", "nominee", "wish", "other_address", "words", "with_whom", "url"),
        required=("url",),
    ),
)
kinds.add(
    "invitation_moved",
    Kind(
        "invitation_moved",
        _("To the old address: the invitation goes to another one"),
        lambda mail: {},
        dict,
        _has_moved,
        optional=False,
    ),
)
