"""The code with which an organisation begins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ambassadors.accounts.emails import code_sample, code_still_wanted
from correspondence.kinds import Kind, kinds
from foundation.secrecy import derived_code
from practice.models import PracticeStart

if TYPE_CHECKING:
    from correspondence.models import OutgoingMail


def _context(mail: OutgoingMail) -> dict[str, Any]:
    code = derived_code(mail.kind, mail.about["nonce"])
    return {"code": f"{code[:4]}-{code[4:]}", "minutes": settings.CODES_LAST // 60}


def _is_wanted(mail: OutgoingMail) -> bool:
    return code_still_wanted(mail) and PracticeStart.objects.filter(pk=mail.about["start"], nonce=mail.about["nonce"]).exists()


kinds.add(
    "practice_code",
    Kind(
        "practice_code",
        _("Code to begin with the practice"),
        _context,
        lambda: {key: value for key, value in code_sample().items() if key != "person"},
        _is_wanted,
        optional=False,
    ),
)
