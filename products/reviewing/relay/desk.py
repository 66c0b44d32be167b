"""A reviewer's question that waits for an answer lies on the authors' desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import CharField, Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.desk import DeskCard, Note, NoteRow, noted, notes
from products.models import Edition, RelayMessage
from products.querysets.editions import ON_THE_ROAD
from products.querysets.reviews import LIVE

if TYPE_CHECKING:
    from django.db.models.expressions import Combinable

NAME = "questions of reviewers"


def _waiting(person: Any) -> QuerySet:
    """Messages of reviewers, to those who write the text, which nobody has answered."""
    later = RelayMessage.objects.filter(review=OuterRef("review"), at__gt=OuterRef("at"))  # unscoped: of a message that is theirs
    mine = Edition.objects.written_by(person).filter(status__in=ON_THE_ROAD)  # unscoped: their own
    asked = RelayMessage.objects.visible_to(person).filter(from_reviewer=True, review__status__in=LIVE)
    rows = asked.filter(review__round__edition__in=mine.values("pk")).exclude(Exists(later))
    edition = "review__round__edition__"
    where: Combinable = Concat(F(f"{edition}product__slug"), Value(" "), Cast(f"{edition}number", CharField()))
    return noted(rows, NAME, label=f"{edition}title", word=where, at="at")


def _card(row: NoteRow) -> DeskCard:
    slug, _blank, number = row.word.partition(" ")
    return DeskCard(
        title=_("A reviewer asks you something"),
        text=_("About “%(title)s”. Your answer is passed on.") % {"title": row.label},
        url=reverse("products:question-list", args=[slug, number]),
        action=_("Read and answer"),
        weight=5,
    )


notes.add(NAME, Note(_waiting, _card))
