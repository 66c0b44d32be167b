"""What is mailed about a seat: the offer and its code, to somebody outside; and the news of it, to the ambassador."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ambassadors.accounts.emails import code_sample, code_still_wanted
from ambassadors.assistants.workflow import SEAT_LINK, S
from ambassadors.models import AssistantSeat
from correspondence.kinds import Kind, kinds
from foundation import tokens
from foundation.models import Token
from foundation.secrecy import derived_code

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from correspondence.models import OutgoingMail

NEWS: dict[str, StrPromise] = {
    S.TAKEN: _("has taken the seat"),
    S.DECLINED: _("has declined the seat"),
    S.GIVEN_UP: _("has given the seat up"),
}


def _live_link(mail: OutgoingMail) -> Token | None:
    token = Token.objects.filter(pk=mail.about["token"], used_at=None, withdrawn_at=None).first()
    return token if token is not None and SEAT_LINK.alive(token) else None


def _is_open(mail: OutgoingMail) -> bool:
    return _live_link(mail) is not None


def _offer_context(mail: OutgoingMail) -> dict[str, Any]:
    token = _live_link(mail)
    assert token is not None  # noqa: S101  asked just before
    seat = token.subject
    assert isinstance(seat, AssistantSeat) and token.expires_at  # noqa: S101, PT018  such are the subjects of these links
    return {
        "name": seat.name,
        "ambassador": seat.ambassador.name,
        "may_prepare": seat.may_prepare,
        "may_speak": seat.may_speak,
        "expires_at": token.expires_at,
        "url": settings.SITE_URL + reverse("ambassadors:seat-offer", args=[tokens.text_of(token)]),
    }


def _offer_sample() -> dict[str, Any]:
    return {
        "name": _("Jo Example"),
        "ambassador": _("Amara Example"),
        "may_prepare": True,
        "may_speak": False,
        "expires_at": timezone.now() + SEAT_LINK.lifetime if SEAT_LINK.lifetime else timezone.now(),
        "url": f"{settings.SITE_URL}/assistant/offer/example/",
    }


def _code_context(mail: OutgoingMail) -> dict[str, Any]:
    code = derived_code(mail.kind, mail.about["nonce"])
    return {"code": f"{code[:4]}-{code[4:]}", "minutes": settings.CODES_LAST // 60}


def _code_is_wanted(mail: OutgoingMail) -> bool:
    return code_still_wanted(mail) and _is_open(mail)


def _news_of(mail: OutgoingMail) -> AssistantSeat | None:
    found: AssistantSeat | None = AssistantSeat.objects.filter(pk=mail.about["seat"], status=mail.about["state"]).first()
    return found


def _is_news(mail: OutgoingMail) -> bool:
    return mail.person is not None and mail.person.is_member and _news_of(mail) is not None


def _news_context(mail: OutgoingMail) -> dict[str, Any]:
    seat = _news_of(mail)
    assert seat is not None  # noqa: S101  asked just before
    url = settings.SITE_URL + reverse("ambassadors:assistant-list")
    return {"person": mail.person, "assistant": seat.name, "news": NEWS[mail.about["state"]], "url": url}


def _news_sample() -> dict[str, Any]:
    url = f"{settings.SITE_URL}/settings/assistants/"
    return {"person": _("Amara Example"), "assistant": _("Jo Example"), "news": NEWS[S.TAKEN], "url": url}


kinds.add(
    "seat_offer",
    Kind(
        "seat_offer",
        _("The offer of an assistant's seat"),
        _offer_context,
        _offer_sample,
        _is_open,
        optional=False,
        placeholders=("name", "ambassador", "expires_at", "url"),
        required=("url",),
    ),
)
kinds.add(
    "seat_code",
    Kind(
        "seat_code",
        _("Code to take an assistant's seat"),
        _code_context,
        lambda: {key: value for key, value in code_sample().items() if key != "person"},
        _code_is_wanted,
        optional=False,
        placeholders=("code", "minutes"),
        required=("code",),
    ),
)
kinds.add(
    "seat_news",
    Kind(
        "seat_news",
        _("What became of a seat you gave to an assistant"),
        _news_context,
        _news_sample,
        _is_news,
        optional=False,
        placeholders=("person", "assistant", "news", "url"),
    ),
)
