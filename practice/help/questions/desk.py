"""A question of an organisation about what somebody knows, which nobody has answered yet: one on a desk at a time."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ambassadors.models import Ambassador
from foundation.desk import DeskCard, Note, NoteRow, noted, notes
from foundation.prepared import Late
from practice.models import CommunityQuestion

NAME = "question of an organisation"


def _waiting(person: Any) -> QuerySet:
    """Open ones without an answer whose topic is the person's, unless they are away; the longest waiting first."""
    there = Ambassador.objects.visible_to(person).available_on(Late(timezone.now)).filter(user=person.pk)
    known = Ambassador.topics.through.objects.filter(ambassador__in=there.values("pk"))  # unscoped: their own
    asked = CommunityQuestion.topics.through.objects.filter(  # unscoped: narrows what is read through `visible_to`
        communityquestion=OuterRef("pk"), topic__in=known.values("topic")
    )
    own = CommunityQuestion.objects.visible_to(person).asked_for(person)
    rows = CommunityQuestion.objects.visible_to(person).open().unanswered().filter(Exists(asked))
    return noted(rows.exclude(pk__in=own.values("pk")).order_by("asked_at"), NAME, label="item__text", at="asked_at", most=1)


def _card(row: NoteRow) -> DeskCard:
    return DeskCard(
        title=_("An organisation asks about something you know"),
        text=row.label,
        url=reverse("practice:question-detail", args=[row.key]),
        action=_("Read the question"),
        weight=15,
        later=f"practice-question {row.key}",
    )


notes.add(NAME, Note(_waiting, _card))
