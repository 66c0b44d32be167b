"""One's first weeks on the desk, as long as something of them is open."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.desk import DeskCard, Note, NoteRow, noted, notes
from welcome.models import Onboarding


def _open(person: Any) -> QuerySet:
    return noted(Onboarding.objects.visible_to(person).filter(person=person).open(), "first weeks", most=1)


def _card(row: NoteRow) -> DeskCard:
    return DeskCard(
        title=_("Your first weeks"),
        text=_("A few small things that help you to arrive. Each takes minutes, and each can be skipped."),
        url=reverse("welcome:first-weeks"),
        action=_("Look at them"),
        weight=10,
        later="first weeks",
    )


notes.add("first weeks", Note(_open, _card))
