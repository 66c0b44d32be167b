"""What is said about measures: to the support team, and to the person, who may be shut out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from correspondence import addresses
from discussions.models import Measure
from discussions.moderation import measures
from discussions.moderation.emails import add
from foundation import tokens
from foundation.models import Token

if TYPE_CHECKING:
    from correspondence.models import OutgoingMail

PREFIX = "appeal"
S = Measure.Status


def _measure(mail: OutgoingMail) -> Measure:
    return Measure.objects.select_related("person").get(pk=mail.about["measure"])


def _stands(mail: OutgoingMail, *states: str) -> bool:
    return Measure.objects.filter(pk=mail.about["measure"], status__in=states).exists()


def is_for_the_second(mail: OutgoingMail) -> bool:
    """While it is proposed, and its reader may agree."""
    return _stands(mail, S.PROPOSED) and measures.may_agree(mail.person, _measure(mail))


def is_for_the_third(mail: OutgoingMail) -> bool:
    """While nobody has decided about the appeal, and its reader is of the team."""
    waits = Measure.objects.appealed().filter(pk=mail.about["measure"]).exists()
    return waits and mail.person is not None and mail.person.is_staff and mail.person.is_active


def page_context(mail: OutgoingMail) -> dict[str, Any]:
    """Where it stands, and nothing of what it says."""
    return {"url": settings.SITE_URL + _measure(mail).get_absolute_url()}


def taken_context(mail: OutgoingMail) -> dict[str, Any]:
    """What was decided, why, and how to appeal."""
    measure = _measure(mail)
    token = Token.objects.get(pk=mail.about["token"])
    return {
        "kind": measure.kind,
        "until": date_format(measure.until, "j F Y") if measure.until else "",
        "reason": measure.reason,
        "url": settings.SITE_URL + reverse("discussions:appeal-make", args=[tokens.text_of(token)]),
        "days": measures.TIME_TO_APPEAL.days,
    }


def taken_headers(mail: OutgoingMail, context: dict[str, Any]) -> dict[str, str]:
    """An answer to this mail is the appeal."""
    return {"Reply-To": addresses.at_our_domain(f"{PREFIX}+{addresses.token_of(mail, PREFIX)}")} if mail.pk else {}


def answered_context(mail: OutgoingMail) -> dict[str, Any]:
    """What the third one wrote."""
    measure = _measure(mail)
    return {"is_lifted": measure.status == S.LIFTED, "answer": measure.answer, "url": settings.SITE_URL + reverse("account_login")}


def over_context(mail: OutgoingMail) -> dict[str, Any]:
    """The way back in."""
    return {"url": settings.SITE_URL + reverse("account_login")}


PAGE = f"{settings.SITE_URL}/measures/7/"
add(
    "measure_proposed",
    _("For the support team: a second person is wanted"),
    _("When a colleague proposes to warn, pause or remove a member."),
    page_context,
    {"url": PAGE},
    still_wanted=is_for_the_second,
    required=("url",),
)
add(
    "measure_appealed",
    _("For the support team: an appeal"),
    _("When a member appeals against what two of you decided."),
    page_context,
    {"url": PAGE},
    still_wanted=is_for_the_third,
    required=("url",),
)
add(
    "measure_taken",
    _("A warning, a pause or a removal"),
    _("When two of the support team decide something about you."),
    taken_context,
    {
        "kind": "pause",
        "until": "14 December 2026",
        "reason": _("You wrote three people about your course who had asked you not to."),
        "url": f"{settings.SITE_URL}/appeals/…/",
        "days": 60,
    },
    still_wanted=lambda mail: _stands(mail, S.IN_FORCE),
    headers=taken_headers,
    even_inactive=True,
    placeholders=("reason", "url", "until", "days"),
    required=("reason", "url"),
)
add(
    "measure_answered",
    _("The answer to your appeal"),
    _("When somebody has decided about your appeal."),
    answered_context,
    {
        "is_lifted": True,
        "answer": _("We had not read the whole exchange. Please come back."),
        "url": f"{settings.SITE_URL}/accounts/login/",
    },
    even_inactive=True,
    placeholders=("answer", "url"),
    required=("answer",),
)
add(
    "measure_over",
    _("Your pause is over"),
    _("On the day after the last day of a pause that the support team decided."),
    over_context,
    {"url": f"{settings.SITE_URL}/accounts/login/"},
    required=("url",),
)
