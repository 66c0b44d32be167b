"""What the road lays on a desk: what editors owe a decision, and how far is what one writes. Read with all other notes, in one query."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat, TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.desk import DeskCard, Note, NoteRow, noted, notes
from foundation.prepared import Late
from products.models import Edition, EditionComment, Opinion, Review

NOW = Late(timezone.now, models.DateTimeField())
WORDS = {
    "in review": gettext_lazy("peers read it"),
    "community review": gettext_lazy("every ambassador can speak to it"),
    "approved": gettext_lazy("an editor publishes it next"),
}


def _to_decide(person: Any) -> QuerySet:
    today = TruncDate(Cast(NOW, models.DateTimeField()))
    own = Edition.objects.written_by(person).values("pk")  # unscoped: narrower than what they see
    writing = Review.objects.waiting().filter(round__edition=OuterRef("pk"), due_on__gte=today)  # unscoped: of what one edits
    waits = Q(status="approved") | Q(~Exists(writing), status="in review")  # what the community has read: products/window/desk.py
    mine = Edition.objects.edited_by(person).exclude(pk__in=own).filter(waits)  # unscoped: likewise
    rows = mine.filter(Q(product__editor=None) | Q(product__editor=person.pk)).order_by("status_since", "pk")
    return noted(rows, "products to decide", label="title", word="product__slug", at="status_since", most=3)


def _to_decide_card(row: NoteRow) -> DeskCard:
    since = date_format(timezone.localtime(row.at), "j F") if row.at else ""
    return DeskCard(
        title=_("An editor is needed: %(title)s") % {"title": row.label},
        text=_("It has waited since %(day)s.") % {"day": since},
        url=reverse("products:product-progress", args=[row.word]),
        action=_("Have a look"),
        weight=6,
    )


def _to_revise(person: Any) -> QuerySet:
    """What came back, once every comment of reviewers has its answer; until then it is on the desk as comments to answer."""
    said = EditionComment.objects.filter(edition=OuterRef("pk"), answer=None, withdrawn_at=None)  # unscoped: of what one writes
    waiting = said.filter(review__status="submitted", review__round__closed_at__isnull=False)
    own = Edition.objects.written_by(person).filter(~Exists(waiting), status="in revision")  # unscoped: one's own
    return noted(
        own.order_by("status_since", "pk"), "products to revise", label="title", word="product__slug", at="status_since", most=2
    )


def _to_revise_card(row: NoteRow) -> DeskCard:
    return DeskCard(
        title=_("Back with you: %(title)s") % {"title": row.label},
        text=_("Read what the editors ask for, revise it, and hand it in again."),
        url=reverse("products:product-progress", args=[row.word]),
        action=_("Read and revise"),
        weight=4,
    )


def _on_its_way(person: Any) -> QuerySet:
    """What one writes and others look after; where an objection waits for an answer, the desk says that instead."""
    objections = Opinion.objects.blocking().filter(window__edition=OuterRef("pk"))  # unscoped: of what one writes
    own = Edition.objects.written_by(person).filter(~Exists(objections), status__in=[*WORDS])  # unscoped: one's own
    rows = own.annotate(where=Concat("product__slug", Value("/"), "status")).order_by("-status_since", "-pk")
    return noted(rows, "products on their way", label="title", word="where", at="status_since", most=2)


def _on_its_way_card(row: NoteRow) -> DeskCard:
    slug, _slash, status = row.word.partition("/")
    since = date_format(timezone.localtime(row.at), "j F") if row.at else ""
    return DeskCard(
        title=_("On its way: %(title)s") % {"title": row.label},
        text=_("Since %(day)s: %(what)s.") % {"day": since, "what": WORDS[status]},
        url=reverse("products:product-progress", args=[slug]),
        action=_("Where it stands"),
        weight=23,
        later=f"product {row.key} {status}",
    )


notes.add("products to decide", Note(_to_decide, _to_decide_card))
notes.add("products to revise", Note(_to_revise, _to_revise_card))
notes.add("products on their way", Note(_on_its_way, _on_its_way_card))
