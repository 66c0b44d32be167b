"""What Ask Me Abouts lay on a desk: questions that wait for the person, sessions that are open to all, one's own before it opens."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils.translation import gettext as _

from discussions.models import AskMeAbout, Question
from foundation.desk import DeskCard, Note, NoteRow, noted, notes

SEP = "\x1f"
IN_ADDRESS = Concat(Cast("session", CharField()), Value(SEP), F("text"), output_field=CharField())


def _waiting(person: Any) -> QuerySet:
    waiting = Question.objects.visible_to(person).waiting_for(person).filter(session__status__in=["open", "closed"])
    return noted(waiting.annotate(line=IN_ADDRESS), "question", label="line", at="session__answers_until", most=3)


def _waiting_card(row: NoteRow) -> DeskCard:
    session, _sep, text = row.label.partition(SEP)
    return DeskCard(
        title=_("A question waits for you"),
        text=text if len(text) < 200 else f"{text[:199]}…",
        url=f"{reverse('discussions:question-list', args=[session])}#question-{row.key}",
        action=_("Answer it"),
        weight=4,
        due_at=row.at,
    )


def _open(person: Any) -> QuerySet:
    sessions = AskMeAbout.objects.visible_to(person).open_now().exclude(host=person.pk).order_by("closes_at", "pk")
    return noted(sessions, "ask me about", label="thread__subject", word="about", at="closes_at", most=3)


def _open_card(row: NoteRow) -> DeskCard:
    return DeskCard(
        title=row.label,
        text=row.word,
        url=reverse("discussions:ask-me-about-detail", args=[row.key]),
        action=_("Read and ask"),
        weight=15,
        due_at=row.at,
        later=f"ask-me-about {row.key}",
    )


def _own(person: Any) -> QuerySet:
    own = AskMeAbout.objects.visible_to(person).filter(host=person.pk, status="preparing").order_by("opens_at", "pk")
    return noted(own, "own ask me about", label="thread__subject", at="opens_at", most=2)


def _own_card(row: NoteRow) -> DeskCard:
    return DeskCard(
        title=row.label,
        text=_("Your Ask Me About is being prepared. Once you have announced it, it opens by itself."),
        url=reverse("discussions:ask-me-about-detail", args=[row.key]),
        action=_("Look it over"),
        weight=6,
        due_at=row.at,
    )


notes.add("question", Note(_waiting, _waiting_card))
notes.add("ask me about", Note(_open, _open_card))
notes.add("own ask me about", Note(_own, _own_card))
