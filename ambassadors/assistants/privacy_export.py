"""What an archive holds of seats, and what erasing a person leaves of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ambassadors.assistants.workflow import said_of
from ambassadors.models import AssistantSeat
from foundation.privacy_export import Record, Section, exempt, sections

if TYPE_CHECKING:
    from ambassadors.models import User


def seats_of(person: User) -> Iterable[Record]:
    """The seats that they gave, with whom they gave them to; and those that they took, with for whom."""
    rows = AssistantSeat.objects.filter(Q(ambassador=person) | Q(assistant=person)).select_related("ambassador").order_by("pk")
    for seat in rows:
        is_theirs = seat.ambassador_id == person.pk
        yield {
            "given to": seat.name if is_theirs else "",
            "their address": seat.email if is_theirs else "",
            "taken for": "" if is_theirs else seat.ambassador.shown_name,
            "allows": said_of(seat),
            "state": seat.get_status_display(),
            "offered at": seat.offered_at,
            "taken at": seat.taken_at,
            "ended at": seat.ended_at,
        }


def forget_seats(person: User) -> None:
    """The seats that they gave or took are gone."""
    AssistantSeat.objects.filter(Q(ambassador=person) | Q(assistant=person)).delete()


sections.add(
    "assistants",
    Section(
        _("Assistants"),
        seats_of,
        forget_seats,
        weight=58,
        models=("ambassadors.AssistantSeat",),
        text=_("Who may act for you, or for whom you may. What was done is in the history."),
    ),
)
exempt.add("ambassadors.AssistantRules", "two switches of the community")
