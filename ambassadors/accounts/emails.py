"""What is said to people about their account. None of it is optional: it answers what they, or somebody in their name, just did."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from correspondence.kinds import Kind, kinds
from foundation.secrecy import derived_code

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from correspondence.models import OutgoingMail

EVENTS: dict[str, StrPromise] = {
    "password_changed": _("Your password was changed."),
    "password_set": _("Your account now has a password."),
    "password_reset": _("Your password was replaced by a new one, with a code sent by mail."),
    "email_changed": _("Another address is now the main address of your account."),
    "email_deleted": _("An address was removed from your account."),
    "email_confirm": _("An address was added to your account."),
    "totp_activated": _("An authenticator app now guards your account."),
    "totp_deactivated": _("The authenticator app no longer guards your account."),
    "webauthn_added": _("A passkey or security key was added to your account."),
    "webauthn_removed": _("A passkey or security key was removed from your account."),
    "recovery_codes_generated": _("Your account has new recovery codes; the old ones are void."),
}


def code_context(mail: OutgoingMail) -> dict[str, Any]:
    """The code, derived anew from the nonce in the row."""
    code = derived_code(mail.kind, mail.about["nonce"])
    return {"code": f"{code[:4]}-{code[4:]}", "minutes": settings.CODES_LAST // 60, "person": mail.person}


def code_sample() -> dict[str, Any]:
    """A code of nobody's."""
    return {"code": "7KXW-3MRD", "minutes": settings.CODES_LAST // 60, "person": _("Amara Example")}


def code_still_wanted(mail: OutgoingMail) -> bool:
    """A decoy is never wanted, a code only until it lapses."""
    until = parse_datetime(mail.about["until"])
    return bool(mail.address) and until is not None and timezone.now() < until


def _notice_context(mail: OutgoingMail) -> dict[str, Any]:
    return {"event": EVENTS[mail.about["event"]], "at": parse_datetime(mail.about["at"]), "person": mail.person}


def _notice_sample() -> dict[str, Any]:
    at: datetime = timezone.now()
    return {"event": EVENTS["password_changed"], "at": at, "person": _("Amara Example")}


def _register_code(name: str, label: StrPromise) -> None:
    kinds.add(
        name,
        Kind(
            name,
            label,
            code_context,
            code_sample,
            code_still_wanted,
            optional=False,
            placeholders=("code", "minutes", "person"),
            required=("code",),
        ),
    )


_register_code("login_code", _("Code to sign in"))
_register_code("address_code", _("Code to confirm an address"))
_register_code("identity_code", _("Code to confirm who you are"))
_register_code("password_reset_code", _("Code to choose a new password"))
kinds.add(
    "security_notice",
    Kind(
        "security_notice",
        _("Something about your account changed"),
        _notice_context,
        _notice_sample,
        optional=False,
        placeholders=("event", "at", "person"),
    ),
)
kinds.add(
    "address_in_use",
    Kind(
        "address_in_use",
        _("Somebody tried to add your address to another account"),
        lambda mail: {"person": mail.person},
        lambda: {"person": _("Amara Example")},
        optional=False,
        placeholders=("person",),
    ),
)
