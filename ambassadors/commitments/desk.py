"""The card that asks for an answer to the commitments, until there is one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ambassadors.models import CommitmentsEdition
from foundation.desk import DeskCard, desk
from foundation.prepared import prepared

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from ambassadors.models import User


@desk.register("commitments")
def commitments(person: User) -> Iterator[DeskCard]:
    """For an ambassador who has answered no edition since the last change of substance."""
    ambassador = getattr(person, "ambassador", None)
    if ambassador is None or ambassador.status not in {"active", "paused"}:
        return
    for number, change in _to_answer(person):
        yield _card(number, change)


@prepared
def _to_answer(person: Any) -> QuerySet[Any, Any]:
    return CommitmentsEdition.objects.visible_to(person).unanswered_by(person).values_list("number", "change")


def _card(number: int, change: str) -> DeskCard:
    if number == 1:
        title, text = (
            _("What we engage to do"),
            _("A few commitments that all of us share. Read them, and affirm them if they are yours."),
        )
    else:
        title, text = (
            _("Our commitments have changed"),
            change or _("There is a new edition. Please read it, and affirm it if it is yours."),
        )
    return DeskCard(title=title, text=text, url=reverse("ambassadors:commitments"), action=_("Read them"), weight=5)
