"""To whom a speaking slot is offered: those who ticked that they speak and are there, the topic's own people first, nobody too often."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Case, Exists, OuterRef, Value, When
from django.utils import timezone

from ambassadors.asks import Asks, asks, may_be_asked_again, one_after_the_other
from ambassadors.models import Ambassador, EngagementOffer, SlotOffer, SpeakingSlot, User
from correspondence import outbox
from foundation.audiences import Audience

if TYPE_CHECKING:
    from django.db.models import QuerySet

MOST = 8  # people who hear of one slot by mail; everybody else finds it on the page


def who_speaks() -> QuerySet[Any]:
    """Those who ticked it, with no pause of the offer and nothing else in the way today."""
    offers = EngagementOffer.objects.filter(option__speaks=True, option__is_offered=True).available_on(timezone.now())
    people: QuerySet[Any] = User.objects.filter(ambassador__in=offers.values("ambassador"), is_active=True)
    return people


def offer_to_those_who_speak(slot: SpeakingSlot) -> list[User]:
    """Offer a slot to a few people, in the caller's transaction, and return them."""
    people = who_speaks().exclude(pk=slot.posted_by_id or 0)
    # Two slots at once may find the same people: they are counted one after the other, under the lock of their rows.
    one_after_the_other(set(people.values_list("pk", flat=True)))
    shown = [Audience.PUBLIC, Audience.MEMBERS]
    knows = Ambassador.objects.filter(user=OuterRef("pk"), topics=slot.topic_id or 0, topics_audience__in=shown)
    near = Case(When(Exists(knows), then=Value(0)), default=Value(1))
    found = list(may_be_asked_again(people).order_by(near, "asked", "-ambassador__joined_at", "pk")[:MOST])
    for person in found:
        offer = SlotOffer.objects.create(slot=slot, person=person)
        outbox.post("slot_offered", person, key=f"slot-offered:{offer.pk}", offer=offer.pk)
    return found


asks.add("speaking slots", Asks(SlotOffer.objects.all, "at"))
