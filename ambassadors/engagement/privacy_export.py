"""What a person's archive holds of offers and requests, and what erasing the person does to them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from ambassadors.models import EngagementAsk, EngagementOffer, EngagementRequest
from foundation.privacy_export import Record, Section, sections
from foundation.richtext import to_plain

if TYPE_CHECKING:
    from ambassadors.models import User


def what_they_offered(person: User) -> Iterable[Record]:
    """Each tick with all that goes with it."""
    for one in EngagementOffer.objects.filter(ambassador__user=person).select_related("option"):
        yield {
            "way": one.option.name,
            "how_often": one.frequency,
            "note": one.note,
            "for": one.audience,
            "paused_from": one.paused_from,
            "back_on": one.paused_until,
            "since": one.offered_at,
        }


def what_they_answered(person: User) -> Iterable[Record]:
    """What they were asked, and what they said."""
    for one in EngagementAsk.objects.filter(person=person).select_related("request").order_by("pk"):
        yield {
            "asked_on": one.asked_at,
            "subject": one.request.subject,
            "text": to_plain(one.request.body),
            "answer": one.answer,
            "words": one.word,
            "answered_on": one.answered_at,
            "via": one.door,
        }


def forget_offers(person: User) -> None:
    """Ticks are deleted with their person."""
    EngagementOffer.objects.filter(ambassador__user=person).delete()


def forget_answers(person: User) -> None:
    """What was asked of them goes with them; what they asked of others stays without a name."""
    EngagementAsk.objects.filter(person=person).delete()
    EngagementRequest.objects.filter(by=person).update(by=None)


sections.add(
    "offers",
    Section(_("What you offered to do"), what_they_offered, forget_offers, models=("ambassadors.EngagementOffer",)),
)
sections.add(
    "requests",
    Section(
        _("What you were asked for"),
        what_they_answered,
        forget_answers,
        models=("ambassadors.EngagementAsk", "ambassadors.EngagementRequest"),
    ),
)
