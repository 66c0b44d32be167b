"""A talk that waits for the volunteer's answer lies on their desk."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.desk import DeskCard, Note, NoteRow, noted, notes
from practice.models import Talk

NAME = "talk with an organisation"


def _waiting(person: Any) -> QuerySet:
    rows = Talk.objects.visible_to(person).filter(volunteer=person.pk, status=Talk.Status.ASKED).order_by("asked_at")
    return noted(rows, NAME, label="instrument_title", at="asked_at", most=3)


def _card(row: NoteRow) -> DeskCard:
    return DeskCard(
        title=_("An organisation asks you for half an hour"),
        text=_("It has looked at itself with “%(title)s”. Take a time, offer others, or say no.") % {"title": row.label},
        url=reverse("practice:talk-detail", args=[row.key]),
        action=_("Answer"),
        weight=5,
    )


notes.add(NAME, Note(_waiting, _card))
