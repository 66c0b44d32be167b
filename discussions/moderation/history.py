"""What was done in a conversation, for those who lead its space."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Cast

from discussions.models import Post, Thread
from foundation.models import HistoryEntry

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from ambassadors.models import User

SHOWN = 200


def lines_of(reader: User, thread: Thread) -> QuerySet[HistoryEntry]:
    """What was done with a thread that `reader` leads, with its posts and with what was merged into it, the latest first."""
    threads = Thread.objects.visible_to(reader).filter(Q(pk=thread.pk) | Q(merged_into=thread.pk))
    posts = Post.objects.placed_for(reader).filter(thread=thread)
    found: QuerySet[HistoryEntry] = HistoryEntry.objects.filter(_of(Thread, threads) | _of(Post, posts)).select_related(
        "target_type"
    )
    return found.order_by("-at", "-pk")


def last_line(row: models.Model, verb: str) -> HistoryEntry | None:
    """The latest time that something was done with one row."""
    kind = ContentType.objects.get_for_model(row)
    return HistoryEntry.objects.filter(target_type=kind, target_id=str(row.pk), verb=verb).order_by("-at", "-pk").first()


def last_note_of(model: str, verb: str) -> Subquery:
    """The note of the latest line of this verb, as a part of a query over the rows of a model of discussions."""
    lines = HistoryEntry.objects.filter(
        target_type__app_label="discussions",
        target_type__model=model,
        target_id=Cast(OuterRef("pk"), models.CharField()),
        verb=verb,
    )
    return Subquery(lines.order_by("-at", "-pk").values("note")[:1])


def _of(model: type[models.Model], rows: QuerySet) -> Q:
    keys = rows.order_by().annotate(key=Cast("pk", models.CharField())).values("key")
    return Q(target_type=ContentType.objects.get_for_model(model), target_id__in=keys)
