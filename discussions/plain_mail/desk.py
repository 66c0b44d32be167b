"""What mail from outside lays on the desk of those who lead a space."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import CharField, Exists, OuterRef
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _

from discussions.models import Space
from discussions.plain_mail.held import from_outside
from foundation.desk import DeskCard, Note, NoteRow, noted, notes

if TYPE_CHECKING:
    from django.db.models import QuerySet

CARDS = 3


def _written_to(person: Any) -> QuerySet:
    """The spaces that the person leads now and where mail from outside waits."""
    waits = from_outside().held().filter(target_id=Cast(OuterRef("pk"), CharField()))
    led = Space.objects.visible_to(person).led_by(person).active().filter(Exists(waits))
    return noted(led.order_by("name"), "mail from outside", label="name", word="slug", most=CARDS)


def _card(row: NoteRow) -> DeskCard:
    return DeskCard(
        title=_("Mail from outside waits in “%(space)s”") % {"space": row.label},
        text=_("You lead it: take it in, or throw it away."),
        url=reverse("discussions:space-mail-list", args=[row.word]),
        action=_("Look at it"),
        weight=6,
    )


notes.add("mail from outside", Note(_written_to, _card))
