"""What an archive holds of community reviews and wishes, and what erasing a person leaves of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.privacy_export import Record, Section, exempt, sections
from products.models import LaunchWish, Opinion

if TYPE_CHECKING:
    from ambassadors.models import User


def what_they_thought(person: User) -> Iterable[Record]:
    """What they said of products before these were public, what they answered, and of what they want to hear."""
    for one in Opinion.objects.filter(person=person).order_by("pk"):
        yield {"opinion": one.kind, "words": one.words, "status": one.status, "answer": one.answer, "at": one.at}
    for one in Opinion.objects.filter(answered_by=person).order_by("pk"):
        yield {"your answer to an opinion": one.answer, "at": one.answered_at}
    for one in Opinion.objects.filter(overridden_by=person).order_by("pk"):
        yield {"why you published all the same": one.override_reason, "at": one.overridden_at}
    for wish in LaunchWish.objects.filter(person=person).select_related("product").order_by("pk"):
        yield {"to hear of": wish.product.slug, "asked at": wish.asked_at, "told at": wish.told_at}


def leave_the_opinions(person: User) -> None:
    """What they said stays, without their name; what they wished to hear of goes."""
    Opinion.objects.filter(person=person).update(person=None)
    Opinion.objects.filter(answered_by=person).update(answered_by=None)
    Opinion.objects.filter(overridden_by=person).update(overridden_by=None)
    own = person.emailaddress_set.values_list("email", flat=True)  # type: ignore[attr-defined]  # of allauth
    LaunchWish.objects.filter(Q(person=person) | Q(address__in=[address.lower() for address in own])).delete()


sections.add(
    "opinions",
    Section(
        _("What you said of products to come"),
        what_they_thought,
        leave_the_opinions,
        weight=19,
        models=("products.LaunchWish", "products.Opinion"),
        text=_("What you stood behind, suggested or objected to, and what you want to hear of."),
    ),
)
exempt.add("products.CommunityReview", "the days in which the community can speak")
exempt.add("products.Download", "how often a file was fetched on a day: a number")
