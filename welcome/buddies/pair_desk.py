"""On the desk: for a buddy the newcomers to whom they have not written yet, for the team those whose buddy stayed quiet."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.desk import Chore, DeskCard, Note, NoteRow, house, noted, notes
from welcome.models import BuddyMatch


def _to_write_to(person: Any) -> QuerySet:
    rows = BuddyMatch.objects.visible_to(person).filter(buddy__person=person.pk, status="welcomed", thread__isnull=False)
    return noted(rows.order_by("welcomed_at"), "newcomers", label="newcomer__name", word="thread", most=3)


def _to_write_to_card(row: NoteRow) -> DeskCard:
    return DeskCard(
        title=_("Write a line to %(name)s") % {"name": row.label},
        text=_("They were welcomed in your name. Two sentences of your own are plenty."),
        url=reverse("discussions:thread-detail", args=[row.word, "welcome"]),
        action=_("Write to them"),
        weight=8,
    )


def _quiet(person: Any) -> QuerySet:
    return BuddyMatch.objects.visible_to(person).filter(status="welcomed", offered_at__isnull=False)


def _quiet_card(number: int) -> DeskCard:
    text = ngettext(
        "A newcomer was welcomed and has not heard from their buddy since. Somebody else could go on.",
        "%(number)d newcomers were welcomed and have not heard from their buddies since. Somebody else could go on.",
        number,
    )
    return DeskCard(
        title=_("Newcomers wait for a word"),
        text=text % {"number": number},
        url=reverse("welcome:quiet-list"),
        action=_("See who could take over"),
        weight=8,
    )


notes.add("newcomers", Note(_to_write_to, _to_write_to_card))
house.add("quiet buddies", Chore(_quiet, _quiet_card))
