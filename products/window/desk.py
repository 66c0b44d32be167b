"""On the desk: what everybody reads before it is public, objections that wait for an answer, and what may be approved."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.desk import DeskCard, Note, NoteRow, noted, notes
from foundation.prepared import Late
from products.models import CommunityReview, Edition, Opinion
from products.querysets.editions import ON_THE_ROAD

NOW = Late(timezone.now, models.DateTimeField())
READ_BY_ALL = Q(edition__status="community review")


def _open(person: Any) -> QuerySet:
    """Those in which one has not spoken, of what one does not write."""
    own = Edition.objects.written_by(person).values("pk")  # unscoped: what one writes
    said = Opinion.objects.visible_to(person).filter(window=OuterRef("pk"), person=person.pk)
    rows = CommunityReview.objects.visible_to(person).filter(READ_BY_ALL, ~Exists(said), closed_at=None, closes_at__gt=NOW)
    rows = rows.exclude(edition__in=own)
    return noted(
        rows.order_by("closes_at", "pk"), "windows", label="edition__title", word="edition__product__slug", at="closes_at", most=3
    )


def _open_card(row: NoteRow) -> DeskCard:
    return DeskCard(
        title=_("Before it is public: %(title)s") % {"title": row.label},
        text=_("Read it, and say what you think. If you say nothing, that counts as assent."),
        url=_page(row),
        action=_("Read it"),
        weight=12,
        due_at=row.at,
        later=f"community review {row.key}",
    )


def _objections(person: Any) -> QuerySet:
    """To what one writes or edits."""
    written = Edition.objects.written_by(person).values("pk")  # unscoped: what one writes
    edited = Edition.objects.edited_by(person).values("pk")  # unscoped: what one edits
    theirs = Q(window__edition__in=written) | Q(window__edition__in=edited)
    rows = Opinion.objects.visible_to(person).blocking().filter(theirs, window__edition__status__in=ON_THE_ROAD)
    rows = rows.exclude(person=person.pk)
    rows = rows.order_by("at", "pk")
    return noted(rows, "objections", label="window__edition__title", word="window__edition__product__slug", at="at", most=3)


def _objection_card(row: NoteRow) -> DeskCard:
    return DeskCard(
        title=_("An objection to “%(title)s”") % {"title": row.label},
        text=_("It is not published until somebody answers."),
        url=f"{_page(row)}#opinion-{row.key}",
        action=_("Read and answer it"),
        weight=3,
    )


def _over(person: Any) -> QuerySet:
    """Those whose days are over, and in whose way nothing stands, for the editors who decide about them."""
    written = Edition.objects.written_by(person).values("pk")  # unscoped: what one writes
    in_charge = Q(product__editor=None) | Q(product__editor=person.pk)
    edited = Edition.objects.edited_by(person).filter(in_charge).values("pk")  # unscoped: what one edits
    waits = Opinion.objects.visible_to(person).blocking().filter(window__edition=OuterRef("edition"))
    rows = CommunityReview.objects.visible_to(person).filter(READ_BY_ALL, ~Exists(waits), edition__in=edited)
    rows = rows.exclude(edition__in=written)
    latest = CommunityReview.objects.visible_to(person).filter(edition=OuterRef("edition"), pk__gt=OuterRef("pk"))
    rows = rows.filter(~Exists(latest), closes_at__lte=NOW).order_by("closes_at", "pk")
    return noted(rows, "windows over", label="edition__title", word="edition__product__slug", at="closes_at", most=3)


def _over_card(row: NoteRow) -> DeskCard:
    return DeskCard(
        title=_("May be approved: %(title)s") % {"title": row.label},
        text=_("Everybody had their days to speak, and no objection is open."),
        url=_page(row),
        action=_("See what was said"),
        weight=4,
    )


def _page(row: NoteRow) -> str:
    return reverse("products:community-review-detail", args=[row.word])


notes.add("windows", Note(_open, _open_card))
notes.add("objections", Note(_objections, _objection_card))
notes.add("windows over", Note(_over, _over_card))
