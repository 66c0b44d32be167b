"""What conversations lay on a person's desk."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from correspondence.models import InboundMail
from discussions.models import Thread
from foundation.desk import DeskCard, Note, NoteRow, desk, noted, notes
from foundation.prepared import prepared

if TYPE_CHECKING:
    from ambassadors.models import User

CARDS = 3


@desk.register("private threads")
def unread_threads(person: User) -> Iterable[DeskCard]:
    """The latest conversations with something the person has not read."""
    for pk, subject, others in _unread(person):
        names = ", ".join(name or _("a former member") for name in others)
        yield DeskCard(
            title=subject,
            text=_("%(names)s wrote to you.") % {"names": names} if names else "",
            url=Thread(pk=pk, subject=subject).get_absolute_url(),
            action=_("Read it"),
            weight=8,
        )


@prepared
def _unread(person: Any) -> QuerySet[Any, Any]:
    own = Thread.objects.private_to(person)  # unscoped: found by the seats of the reader, which is their scope
    threads: Any = own.unread_by(person).with_names_beside(person).newest_first()
    rows: QuerySet[Any, Any] = threads.values_list("pk", "subject", "names")
    return rows[:CARDS]


def _held(person: Any) -> QuerySet:
    return noted(InboundMail.objects.visible_to(person).held(), "held mail", most=1)


def _held_card(row: NoteRow) -> DeskCard:
    """Mail that came in the person's name and waits for their word."""
    return DeskCard(
        title=_("A mail waits for your word"),
        text=_("It came to an address of yours, and we were not sure that you wrote it."),
        url=reverse("inbound:mail-list"),
        action=_("Look at it"),
        weight=5,
    )


notes.add("held mail", Note(_held, _held_card))
