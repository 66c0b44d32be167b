"""What peer review lays on a desk: what one reviews, and what authors say to it. Read together with all other notes, in one query."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.desk import DeskCard, Note, NoteRow, noted, notes
from products.models import Edition, EditionComment, Review


def _to_review(person: Any) -> QuerySet:
    mine = Review.objects.waiting().filter(reviewer=person.pk)  # unscoped: one's own
    return noted(mine.order_by("due_on", "pk"), "reviews", label="round__edition__title", word="status", at="due_on", most=3)


def _to_review_card(row: NoteRow) -> DeskCard:
    said = (
        _("Your view is asked for: say whether you can.")
        if row.word == "invited"
        else _("What you write is kept until you hand it in.")
    )
    return DeskCard(
        title=_("Review: %(title)s") % {"title": row.label},
        text=said,
        url=reverse("products:review-detail", args=[row.key]),
        action=_("Answer") if row.word == "invited" else _("Go on"),
        weight=2,
        due_at=_end_of_day(row.at) if row.at else None,
    )


def _end_of_day(at: datetime) -> datetime:
    """Until the end of the day, where the reader is: on the day itself it is not late. A date comes from the database as its midnight, UTC."""
    return datetime.combine(at.astimezone(UTC).date(), time.max, timezone.get_current_timezone())


def _to_answer(person: Any) -> QuerySet:
    said = EditionComment.objects.filter(edition=OuterRef("pk"), answer=None, withdrawn_at=None)  # unscoped: of what one writes
    waiting = said.filter(review__status="submitted", review__round__closed_at__isnull=False)
    own = Edition.objects.written_by(person)  # unscoped: what one writes
    mine = own.filter(Exists(waiting), status__in=["in revision", "draft"])
    where = Concat("product__slug", Value("/"), Cast("number", CharField()))
    rows = mine.annotate(where=where).order_by("status_since", "pk")
    return noted(rows, "comments to answer", label="title", word="where", at="", most=2)


def _to_answer_card(row: NoteRow) -> DeskCard:
    slug, _slash, number = row.word.partition("/")
    return DeskCard(
        title=_("Reviewers have commented: %(title)s") % {"title": row.label},
        text=_("Answer each comment: changed, kept as it was, or for a later edition."),
        url=reverse("products:comment-list", args=[slug, number]),
        action=_("Read and answer"),
        weight=4,
    )


notes.add("reviews", Note(_to_review, _to_review_card))
notes.add("comments to answer", Note(_to_answer, _to_answer_card))
