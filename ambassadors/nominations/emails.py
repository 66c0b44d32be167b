"""What is said by mail to somebody who put a person forward. Nothing of the case is in it: only where it stands, in the words of its page."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ambassadors.models import Nomination
from ambassadors.nominations.standing import standing_of
from ambassadors.nominations.telling import event_of
from correspondence.kinds import Kind, kinds
from correspondence.models import OutgoingMail


def nomination_of(mail: OutgoingMail) -> Nomination | None:
    """The nomination a mail speaks of, while it is its reader's and not forgotten."""
    if mail.person is None:
        return None
    own = Nomination.objects.own(mail.person).filter(pk=mail.about["nomination"], cleared_at=None)
    found: Nomination | None = own.with_standing().first()
    return found


def _is_submitted(mail: OutgoingMail) -> bool:
    nomination = nomination_of(mail)
    return nomination is not None and nomination.status not in {"prospect", "draft", "withdrawn"}


def _is_news(mail: OutgoingMail) -> bool:
    """Not any more when something else has happened since, which has a mail of its own."""
    nomination = nomination_of(mail)
    return nomination is not None and event_of(nomination) == mail.about["event"]


def _context(mail: OutgoingMail) -> dict[str, Any]:
    nomination = nomination_of(mail)
    assert nomination is not None  # noqa: S101  asked just before
    standing = standing_of(nomination)
    said = {"name": nomination.name, "word": standing.word, "text": standing.text, "told": standing.told}
    return said | {"url": settings.SITE_URL + nomination.get_absolute_url()}


def _sample() -> dict[str, Any]:
    return {
        "name": _("Ngozi Example"),
        "word": _("Before the whole community"),
        "text": _("All ambassadors read the text for the slate, and answer by 12 May 2027."),
        "told": "",
        "url": f"{settings.SITE_URL}{reverse('ambassadors:nomination-list')}7/",
    }


kinds.add(
    "nomination_received",
    Kind(
        name="nomination_received",
        label=_("Your nomination has arrived"),
        description=_("When you have submitted a nomination: what happens with it next."),
        context=_context,
        sample=_sample,
        still_wanted=_is_submitted,
        answers_own_words=True,
        link=lambda mail, context: str(context["url"]),
        placeholders=("name", "word", "text", "url"),
        required=("url",),
    ),
)
kinds.add(
    "nomination_moved",
    Kind(
        name="nomination_moved",
        label=_("Where your nominations stand"),
        description=_("When somebody whom you nominated is looked at, is on a slate, is decided about, invited, or here."),
        context=_context,
        sample=_sample,
        still_wanted=_is_news,
        link=lambda mail, context: str(context["url"]),
        placeholders=("name", "word", "text", "told", "url"),
        required=("url",),
    ),
)
