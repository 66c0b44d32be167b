"""What is said while somebody gets a new address: to the old one, and to the new one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ambassadors.accounts import recovery as workflow
from ambassadors.accounts.emails import code_context, code_sample, code_still_wanted
from ambassadors.models import AddressRecovery
from correspondence.kinds import Kind, kinds
from foundation import tokens
from foundation.models import Token

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from correspondence.models import OutgoingMail

DAYS = AddressRecovery.OBJECTION_TIME.days


def veiled(address: str) -> str:
    """Enough of an address for its owner to know it, and for nobody else."""
    name, _at, domain = address.partition("@")
    return f"{name[:1]}…@{domain}"


def _link_context(url_name: str, mail: OutgoingMail) -> dict[str, Any]:
    recovery = AddressRecovery.objects.get(pk=mail.about["recovery"])
    text = tokens.text_of(Token.objects.get(pk=mail.about["token"]))
    path = reverse(url_name, args=[text])
    return {"url": settings.SITE_URL + path, "new_address": veiled(recovery.new_address), "person": mail.person, "days": DAYS}


def _sample() -> dict[str, Any]:
    return {"url": f"{settings.SITE_URL}/…", "new_address": "a…@people.example", "person": _("Amara Example"), "days": DAYS}


def _register_link(name: str, label: StrPromise, url_name: str, *wanted: str) -> None:
    def still_wanted(mail: OutgoingMail) -> bool:
        return AddressRecovery.objects.filter(pk=mail.about["recovery"], status__in=wanted).exists()

    kinds.add(
        name,
        Kind(
            name,
            label,
            lambda mail: _link_context(url_name, mail),
            _sample,
            still_wanted,
            optional=False,
            even_inactive=True,
            placeholders=("url", "new_address", "person", "days"),
            required=("url",),
        ),
    )


S = workflow.S
_register_link(
    "recovery_proposed", _("To the old address: a new one is proposed"), "accounts:recovery-object", S.PROPOSED, S.APPROVED
)
_register_link("recovery_opened", _("To the new address: how to confirm it"), "accounts:recovery-confirm", S.APPROVED)
_register_link("recovery_done", _("To the old address: it was replaced"), "accounts:recovery-object", S.CONFIRMED)
kinds.add(
    "recovery_code",
    Kind(
        "recovery_code",
        _("To the new address: its code"),
        code_context,
        code_sample,
        code_still_wanted,
        optional=False,
        even_inactive=True,
        placeholders=("code", "minutes", "person"),
        required=("code",),
    ),
)
