"""What is said by mail to somebody who is asked for what they offered."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ambassadors.models import EngagementAsk
from correspondence.kinds import Kind, kinds
from correspondence.models import OutgoingMail
from foundation import tokens
from foundation.models import Token
from foundation.richtext import safe, to_plain


def _ask_of(mail: OutgoingMail) -> EngagementAsk | None:
    asks = EngagementAsk.objects.waiting().filter(pk=mail.about["ask"], person=mail.person)
    found: EngagementAsk | None = asks.select_related("request__option", "request__by").first()
    return found


def _is_waiting(mail: OutgoingMail) -> bool:
    """Asked when it is sent: still unanswered, and its reader still a member."""
    return mail.person is not None and bool(mail.person.is_member) and _ask_of(mail) is not None


def _context(mail: OutgoingMail) -> dict[str, Any]:
    one = _ask_of(mail)
    assert one is not None  # noqa: S101  asked just before
    link = tokens.text_of(Token.objects.get(pk=mail.about["token"]))
    return {
        "subject_of_request": one.request.subject,
        "option": str(one.request.option or ""),
        "asked_by": str(one.request.by or _("The support team")),
        "body": safe(one.request.body),
        "text": to_plain(one.request.body),
        "needed_by": one.request.needed_by,
        "answer_url": settings.SITE_URL + reverse("ambassadors:engagement-answer", args=[link]),
        "url": settings.SITE_URL + one.request.get_absolute_url(),
    }


def _sample() -> dict[str, Any]:
    return {
        "subject_of_request": _("Two readers for a paper on school budgets"),
        "option": _("Write and review"),
        "asked_by": _("Amara Example"),
        "body": _("Could you read twelve pages in the next three weeks? Half an hour of notes is plenty."),
        "text": _("Could you read twelve pages in the next three weeks? Half an hour of notes is plenty."),
        "needed_by": None,
        "answer_url": f"{settings.SITE_URL}/engagement/answer/example/",
        "url": f"{settings.SITE_URL}/engagement/requests/7/",
    }


kinds.add(
    "engagement_request",
    Kind(
        name="engagement_request",
        label=_("Requests for what you offered"),
        description=_("When the support team asks you for something that you ticked on your engagement menu."),
        context=_context,
        sample=_sample,
        still_wanted=_is_waiting,
        link=lambda mail, context: context["url"],
        placeholders=("subject_of_request", "option", "asked_by", "text", "answer_url", "url"),
        required=("answer_url",),
    ),
)
