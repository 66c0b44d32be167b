"""What first looks lay on a desk, and what waits for the support team. The notes are read together with all others, in one query."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.db.models.functions import Cast, TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.desk import RECENT, Chore, DeskCard, Note, NoteRow, house, noted, notes
from foundation.prepared import Late
from welcome.models import FirstLook, Improvement, ImprovementAuthor, LookPair

LATELY = Late(lambda: timezone.now() - RECENT, models.DateTimeField())
NOW = Late(timezone.now, models.DateTimeField())
A_DAY = timedelta(days=1)


def _to_answer(person: Any) -> QuerySet:
    mine = LookPair.objects.of(person)  # unscoped: one's own pairs
    return noted(
        mine.silent().order_by("look__due_on", "pk"), "first looks", label="look__title", word="number", at="look__due_on", most=2
    )


def _to_answer_card(row: NoteRow) -> DeskCard:
    return DeskCard(
        title=_("Look around together: %(title)s") % {"title": row.label},
        text=_("The two of you say what you found. Either writes, and it counts for both."),
        url=reverse("welcome:look-pair-detail", args=[row.key]),
        action=_("Write together"),
        weight=5,
        due_at=row.at + A_DAY if row.at else None,  # on the day itself it is not late
    )


def _done_lately(person: Any) -> QuerySet:
    mine = ImprovementAuthor.objects.filter(person=person.pk, told_done_at__gte=LATELY)  # unscoped: one's own suggestions
    rows = mine.filter(improvement__status="done", improvement__merged_into=None).order_by("-told_done_at", "-pk")
    return noted(rows, "improvements done", label="improvement__words", word="improvement", at="told_done_at", most=2)


def _done_lately_card(row: NoteRow) -> DeskCard:
    return DeskCard(
        title=_("Something that you suggested is done"),
        text=row.label[:160],
        url=reverse("welcome:improvement-detail", args=[row.word]),
        action=_("Have a look"),
        weight=22,
        later=f"improvement {row.key}",
    )


def _to_close(person: Any) -> QuerySet:
    today = TruncDate(Cast(NOW, models.DateTimeField()))
    run = FirstLook.objects.run_by(person)  # unscoped: narrower than what they see
    rows = run.open().filter(facilitator=person.pk, due_on__lt=today).order_by("due_on", "pk")
    return noted(rows, "first looks to close", label="title", word="status", at="due_on", most=3)


def _to_close_card(row: NoteRow) -> DeskCard:
    return DeskCard(
        title=_("The day has passed: %(title)s") % {"title": row.label},
        text=_("Close this first look, or give the pairs more time."),
        url=reverse("welcome:first-look-prepare", args=[row.key]),
        action=_("Decide"),
        weight=6,
        due_at=row.at,
    )


def _nobodys(person: Any) -> QuerySet:
    return Improvement.objects.visible_to(person).standing().filter(status="new")


def _nobodys_card(number: int) -> DeskCard:
    text = ngettext("One is new: plan it, or say why not now.", "%(number)d are new: plan them, or say why not now.", number)
    return DeskCard(
        title=_("What pairs would improve"),
        text=text % {"number": number},
        url=reverse("welcome:improvement-list"),
        action=_("Read"),
        weight=15,
    )


notes.add("first looks", Note(_to_answer, _to_answer_card))
notes.add("improvements done", Note(_done_lately, _done_lately_card))
notes.add("first looks to close", Note(_to_close, _to_close_card))
house.add("new improvements", Chore(_nobodys, _nobodys_card))
