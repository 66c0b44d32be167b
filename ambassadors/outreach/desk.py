"""Outreach on a person's desk: drafts to confirm, talks to log, slots to give away, and slots offered to them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ambassadors.models import OutreachEntry, SlotOffer, SpeakingSlot
from foundation.desk import DeskCard, Note, NoteRow, noted, notes
from foundation.prepared import Late

TODAY = Late(timezone.localdate, models.DateField())


def _drafts(person: Any) -> QuerySet:
    rows = OutreachEntry.objects.visible_to(person).drafts().filter(person=person.pk).order_by("-pk")
    return noted(rows, "outreach drafts", label="what", most=3)


def _draft_card(row: NoteRow) -> DeskCard:
    return DeskCard(
        title=_("Log what you shared: %(what)s") % {"what": row.label},
        text=_("A draft from your mail. Look at it once, and confirm."),
        url=reverse("ambassadors:outreach-edit", args=[row.key]),
        action=_("Look at the draft"),
        weight=8,
    )


def _talks(person: Any) -> QuerySet:
    rows = SpeakingSlot.objects.visible_to(person).filter(speaker=person.pk, status="given", on__lt=TODAY).without_a_log()
    return noted(rows.order_by("-on", "-pk"), "talks to log", label="title", most=3)


def _talk_card(row: NoteRow) -> DeskCard:
    return DeskCard(
        title=_("How was “%(title)s”?") % {"title": row.label},
        text=_("Who listened, and where it can be seen: half a minute."),
        url=reverse("ambassadors:slot-log", args=[row.key]),
        action=_("Log the talk"),
        weight=8,
    )


def _to_give(person: Any) -> QuerySet:
    rows = SpeakingSlot.objects.visible_to(person).filter(posted_by=person.pk, status="open", on__gte=TODAY)
    rows = rows.wanted_by_somebody().order_by("wanted_by", "pk")
    return noted(rows, "slots to give", label="title", at="wanted_by", most=3)


def _to_give_card(row: NoteRow) -> DeskCard:
    return DeskCard(
        title=_("Choose who speaks: %(title)s") % {"title": row.label},
        text=_("Somebody would speak. Whoever is not chosen hears kindly."),
        url=reverse("ambassadors:slot-detail", args=[row.key]),
        action=_("See who volunteered"),
        weight=7,
        due_at=row.at,
    )


def _offered(person: Any) -> QuerySet:
    rows = SlotOffer.objects.visible_to(person).waiting_on(TODAY).order_by("-pk")
    return noted(rows, "slots offered", label="slot__title", word="slot_id", at="slot__wanted_by", most=3)


def _offered_card(row: NoteRow) -> DeskCard:
    return DeskCard(
        title=_("Would you speak? %(title)s") % {"title": row.label},
        text=_("A speaker is wanted, and you offered to speak. Letting it be is fine."),
        url=reverse("ambassadors:slot-detail", args=[row.word]),
        action=_("Read about it"),
        weight=13,
        due_at=row.at,
        later=f"slot {row.key}",
    )


notes.add("outreach drafts", Note(_drafts, _draft_card))
notes.add("talks to log", Note(_talks, _talk_card))
notes.add("slots to give", Note(_to_give, _to_give_card))
notes.add("slots offered", Note(_offered, _offered_card))
