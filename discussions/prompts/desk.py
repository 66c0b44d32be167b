"""What prompts lay on a desk. All of it is read together with the other notes, in one query."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from discussions.models import FollowUp, PromptRound, Responder
from foundation.desk import DeskCard, Note, NoteRow, noted, notes
from foundation.prepared import Late

LINE_UP_DAYS = timedelta(days=7)
NOW = Late(timezone.now, models.DateTimeField())
IN_A_WEEK = Late(lambda: timezone.now() + LINE_UP_DAYS, models.DateTimeField())


def _asked(person: Any) -> QuerySet:
    rows = Responder.objects.visible_to(person).waiting().filter(person=person).order_by("round__opens_at", "pk")
    return noted(rows, "asked to answer first", label="round__prompt__title", word="asked_by__name", at="round__opens_at", most=3)


def _asked_card(row: NoteRow) -> DeskCard:
    return DeskCard(
        title=_("Would you answer first? %(title)s") % {"title": row.label},
        text=_("%(name)s asks whether you would be among the first, so that nobody meets an empty room.")
        % {"name": row.word or _("The facilitator")},
        url=reverse("discussions:responder-detail", args=[row.key]),
        action=_("Yes, or not this time"),
        weight=10,
        due_at=row.at,
    )


def _early(person: Any) -> QuerySet:
    mine = Responder.objects.visible_to(person).filter(person=person, status="accepted", round__status__in=["private", "held"])
    rows = mine.filter(round__thread__isnull=False).order_by("round__opens_at", "pk")
    return noted(rows, "answers first", label="round__prompt__title", word="round__thread", at="round__opens_at", most=3)


def _early_card(row: NoteRow) -> DeskCard:
    return DeskCard(
        title=_("Yours to answer first: %(title)s") % {"title": row.label},
        text=_("The others get it when it opens, and find your answer there."),
        url=reverse("discussions:thread-detail", args=[row.word, "first"]),
        action=_("Answer it"),
        weight=3,
        due_at=row.at,
    )


def _to_line_up(person: Any) -> QuerySet:
    led = PromptRound.objects.led_by(person)  # unscoped: those of the spaces that the reader runs
    rows = led.to_line_up(IN_A_WEEK).order_by("opens_at", "pk")
    return noted(rows, "prompts to line up", label="prompt__title", word="status", at="opens_at", most=5)


def _to_line_up_card(row: NoteRow) -> DeskCard:
    is_held = row.word == PromptRound.Status.HELD
    waits, soon = (
        _("Too few agreed to answer first, so it did not open. It waits for you."),
        _("Too few have agreed to answer first."),
    )
    return DeskCard(
        title=_("Line people up: %(title)s") % {"title": row.label},
        text=waits if is_held else soon,
        url=reverse("discussions:round-detail", args=[row.key]),
        action=_("Decide") if is_held else _("Ask people"),
        weight=2 if is_held else 6,
        due_at=row.at,
    )


def _due(person: Any) -> QuerySet:
    rows = FollowUp.objects.visible_to(person).due(NOW).order_by("due_at", "pk")
    return noted(rows, "follow-ups", label="post__author__name", word="post__thread__subject", at="due_at", most=3)


def _due_card(row: NoteRow) -> DeskCard:
    return DeskCard(
        title=_("Follow up with %(name)s") % {"name": row.label},
        text=_("You meant to come back to what they said in “%(subject)s”. Today is the day.") % {"subject": row.word},
        url=f"{reverse('discussions:follow-up-list')}#follow-up-{row.key}",
        action=_("Write to them"),
        weight=4,
        due_at=row.at,
    )


notes.add("asked to answer first", Note(_asked, _asked_card))
notes.add("answers first", Note(_early, _early_card))
notes.add("follow-ups", Note(_due, _due_card))
notes.add("prompts to line up", Note(_to_line_up, _to_line_up_card))
