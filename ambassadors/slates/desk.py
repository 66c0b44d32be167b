"""What slates lay on a desk: one that is open, for all ambassadors; one that has closed, for those who decide about it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ambassadors.models import Nomination, Slate
from foundation.desk import Chore, DeskCard, desk, house

if TYPE_CHECKING:
    from ambassadors.models import User


@desk.register("open slates")
def open_slates(person: User) -> Iterator[DeskCard]:
    """Each slate that is open, with whether one has answered. It is offered, not owed: silence is no vote."""
    slates: Any = Slate.objects.visible_to(person).open().with_own(person)
    for slate in slates.order_by("closes_at", "pk"):
        said = _("You have answered, and can change it until it closes.")
        text = said if slate.answered else _("Not answered yet. If you know one of the nominees, a word helps.")
        action = _("Look at it again") if slate.answered else _("Read and answer")
        card = f"slate {slate.pk}"
        yield DeskCard(
            slate.title, text, slate.get_absolute_url(), action, 18 if slate.answered else 11, slate.closes_at, later=card
        )


def _closed(person: User) -> QuerySet:
    led = Nomination.objects.visible_to(person).led_by(person).filter(status="slate")
    return led.filter(slate_entries__slate__status="closed", slate_entries__taken_off_at=None)


def _closed_card(number: int) -> DeskCard:
    return DeskCard(
        title=ngettext(
            "A slate has closed: %d nominee waits for a decision", "A slate has closed: %d nominees wait for a decision", number
        )
        % number,
        text=_("All ambassadors have had their say. Read the concerns and talk with those who have them, then decide."),
        url=reverse("admin:ambassadors_slate_changelist") + "?status__exact=closed",
        action=_("What was said"),
        weight=2,
    )


house.add("closed slates", Chore(_closed, _closed_card))
