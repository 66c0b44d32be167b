"""The mail with the code that shows whether an address works."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from correspondence.health.codes import KIND, PURPOSE
from correspondence.kinds import Kind, kinds
from foundation.secrecy import derived_code

if TYPE_CHECKING:
    from correspondence.models import OutgoingMail


def code_is_wanted(mail: OutgoingMail) -> bool:
    """While it can still be typed."""
    return timezone.now() < datetime.fromisoformat(mail.about["until"])


def code_context(mail: OutgoingMail) -> dict[str, Any]:
    """The code, derived anew."""
    return {"code": _in_halves(derived_code(PURPOSE, mail.about["nonce"])), "minutes": settings.CODES_LAST // 60}


def code_sample() -> dict[str, Any]:
    """An invented code."""
    return {"code": "BCDF-2345", "minutes": settings.CODES_LAST // 60}


def _in_halves(code: str) -> str:
    return f"{code[:4]}-{code[4:]}"


kinds.add(
    KIND,
    Kind(
        name=KIND,
        label=_("Code to show that an address works"),
        context=code_context,
        sample=code_sample,
        still_wanted=code_is_wanted,
        optional=False,
        placeholders=("code", "minutes"),
        required=("code",),
    ),
)
