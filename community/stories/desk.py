"""What waits for somebody's consent, and what people offered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import IntegerField, Value
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.models import TeamMember, Testimonial
from foundation.desk import Chore, DeskCard, desk, house
from foundation.prepared import prepared

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from ambassadors.models import User

S = Testimonial.Status


@desk.register("consent")
def consent_asked(person: User) -> Iterable[DeskCard]:
    """What is shown of the person once they agree; one query."""
    for pk, kind in _waiting(person):
        yield _words_card(pk) if kind == 1 else _line_card()


@prepared
def _waiting(person: Any) -> QuerySet[Any, Any]:
    words = Testimonial.objects.visible_to(person).waiting_for(person).order_by().values_list("pk", Value(1, IntegerField()))
    lines = TeamMember.objects.visible_to(person).waiting_for(person).order_by().values_list("pk", Value(2, IntegerField()))
    return words.union(lines, all=True)


def _words_card(pk: int) -> DeskCard:
    return DeskCard(
        _("May we show these words of yours?"),
        _("You see exactly what would stand on the page, and say yes or no."),
        reverse("community:testimonial-detail", args=[pk]),
        _("Look at the wording"),
        weight=6,
    )


def _line_card() -> DeskCard:
    return DeskCard(
        _("What the page about the team shows of you"),
        _("The support team has proposed a few lines. You choose what of them is shown."),
        reverse("community:team-member-show"),
        _("Look at it"),
        weight=6,
    )


def _offered_card(number: int) -> DeskCard:
    return DeskCard(
        ngettext("%(number)d testimonial to look at", "%(number)d testimonials to look at", number) % {"number": number},
        _("Offered, or agreed to and not on the page yet."),
        reverse("admin:community_testimonial_changelist"),
        _("Look at them"),
        weight=12,
    )


house.add(
    "testimonials",
    Chore(lambda staff: Testimonial.objects.visible_to(staff).filter(status__in=[S.OFFERED, S.AGREED]), _offered_card),
)
