"""What an assistant prepared, on the desk of their ambassador."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from discussions.models import PreparedReply, Thread
from foundation.desk import DeskCard, Note, NoteRow, noted, notes

if TYPE_CHECKING:
    from django.db.models import QuerySet


def _waiting(person: Any) -> QuerySet:
    rows = PreparedReply.objects.visible_to(person).waiting_for(person)
    seen = rows.filter(thread__in=Thread.objects.visible_to(person).values("pk")).order_by("-prepared_at", "-pk")
    return noted(seen, "prepared", label="thread__subject", word="assistant_name", most=2)


def _card(row: NoteRow) -> DeskCard:
    return DeskCard(
        title=_("%(name)s prepared an answer in “%(subject)s”") % {"name": row.word, "subject": row.label},
        text=_("Read it, send it as it stands, or go on from it yourself. Until then nobody else knows of it."),
        url=reverse("discussions:prepared-list"),
        action=_("Look at it"),
        weight=7,
    )


notes.add("prepared", Note(_waiting, _card))
