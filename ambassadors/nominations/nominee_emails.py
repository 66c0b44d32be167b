"""The two mails to somebody who asks what is held about them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from ambassadors.nominations.asking_back import REQUEST_LINK, held_about, is_held_as_hash
from correspondence.kinds import Kind, kinds
from correspondence.models import OutgoingMail
from foundation import tokens
from foundation.models import Token

LINES = [
    ("name", _("Name")),
    ("e-mail", _("E-mail address")),
    ("organisation", _("Organisation")),
    ("work", _("What they do there")),
    ("place", _("Place")),
    ("noted", _("Noted on")),
    ("submitted", _("Submitted on")),
    ("decided", _("Decided on")),
    ("state", _("Where it stands")),
    ("nomination", _("Nomination")),
]


def _token_of(mail: OutgoingMail) -> Token | None:
    return Token.objects.filter(pk=mail.about["token"], used_at=None, withdrawn_at=None, expires_at__gt=timezone.now()).first()


def _link(mail: OutgoingMail) -> dict[str, Any]:
    token = _token_of(mail)
    assert token is not None  # noqa: S101  asked just before
    return {"url": settings.SITE_URL + reverse("ambassadors:nominee-answer", args=[tokens.text_of(token)]), "days": 2}


def _answer(mail: OutgoingMail) -> dict[str, Any]:
    cases = [_lines_of(case) for case in held_about(mail.address)]
    return {"cases": cases, "is_hash": is_held_as_hash(mail.address), "url": _page()}


def _lines_of(case: dict[str, Any]) -> dict[str, Any]:
    lines = [(label, _shown(case[name])) for name, label in LINES if case[name]]
    count = len(case["assessments"]) + len(case["concerns"])
    return {"lines": lines, "texts": case["shown_to_all"], "kept_back": count, "criteria": case["criteria"]}


def _shown(value: Any) -> str:
    return date_format(timezone.localtime(value), "j F Y") if hasattr(value, "utcoffset") else str(value)


def _page() -> str:
    return settings.SITE_URL + reverse("ambassadors:nominee-privacy")


kinds.add(
    "nominee_link",
    Kind(
        name="nominee_link",
        label=_("Somebody asks what we hold on them"),
        context=_link,
        sample=lambda: {"url": f"{_page()}…/", "days": REQUEST_LINK.lifetime.days if REQUEST_LINK.lifetime else 2},
        still_wanted=lambda mail: _token_of(mail) is not None,
        optional=False,
        placeholders=("url", "days"),
        required=("url",),
    ),
)
kinds.add(
    "nominee_answer",
    Kind(
        name="nominee_answer",
        label=_("What we hold on a nominee"),
        context=_answer,
        sample=lambda: {
            "cases": [{"lines": [(_("Name"), _("Ngozi Example"))], "texts": [], "kept_back": 2, "criteria": []}],
            "is_hash": False,
            "url": _page(),
        },
        optional=False,
        placeholders=("url",),
    ),
)
