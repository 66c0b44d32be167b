"""Thanks on the desk of whoever was thanked: one line for each post, however many pressed the button."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import CharField, Count, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from discussions.models import Post
from foundation.desk import DeskCard, Note, NoteRow, noted, notes
from foundation.prepared import Late

LATELY = timedelta(days=7)


def _since() -> Any:
    return timezone.now() - LATELY


def _thanked(person: Any) -> QuerySet:
    own = Post.objects.visible_to(person).filter(author=person.pk, status="shown", thanks__at__gte=Late(_since))
    counted = own.annotate(how_many=Cast(Count("thanks"), CharField()))
    return noted(counted.order_by("-pk"), "thanks", label="thread__subject", word="how_many", most=3)


def _card(row: NoteRow) -> DeskCard:
    number = int(row.word)
    said = ngettext("Your words helped somebody", "Your words helped %(number)d people", number) % {"number": number}
    return DeskCard(
        title=said,
        text=_("In “%(subject)s”, in the last seven days. Only you are told.") % {"subject": row.label},
        url=Post(pk=int(row.key)).get_absolute_url(),
        action=_("Read it again"),
        weight=22,
    )


notes.add("thanks", Note(_thanked, _card))
