"""What others need of a person, on their desk."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from discussions.models import NeedAlert, Post
from foundation.desk import RECENT, DeskCard, Note, NoteRow, noted, notes
from foundation.prepared import Late

LATELY = Late(lambda: timezone.now() - RECENT, models.DateTimeField())
A_DAY = timedelta(days=1)


def _needed(person: Any) -> QuerySet:
    own = Post.objects.filter(thread=OuterRef("need__thread"), author=person.pk)  # unscoped: one's own posts
    rows = NeedAlert.objects.visible_to(person).filter(at__gte=LATELY, need__thread__status="open", need__thread__helped=None)
    rows = rows.filter(~Exists(own)).order_by("-at", "-pk")
    return noted(rows, "needs", label="need__thread__subject", word="need__thread", most=3)


def _needed_card(row: NoteRow) -> DeskCard:
    return DeskCard(
        title=_("I need: %(subject)s") % {"subject": row.label},
        text=_("Somebody asks about a topic of yours. If you cannot help now, let it be."),
        url=reverse("discussions:thread-detail", args=[row.word, "need"]),
        action=_("Read it"),
        weight=12,
        later=f"need {row.key}",
    )


notes.add("needs", Note(_needed, _needed_card))
