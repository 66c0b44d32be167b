"""What somebody has begun to answer: kept for them alone while they write, gone once it is sent."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone

from discussions.acts import thread_facts
from discussions.models import Draft, Thread
from discussions.words import LONGEST, to_plain

if TYPE_CHECKING:
    from ambassadors.models import User

KEPT = timedelta(days=180)


def save_draft(thread: Thread, *, by: User, body: str) -> None:
    """Keep clean HTML as the person's draft in the thread; empty words throw it away."""
    if not to_plain(body) or len(body) > LONGEST * 2:
        drop_draft(thread, by=by)
        return
    draft = Draft(person=by, thread=thread, body=body, saved_at=timezone.now())
    Draft.objects.bulk_create(
        [draft], update_conflicts=True, unique_fields=["person", "thread", "to"], update_fields=["body", "saved_at"]
    )


def drop_draft(thread: Thread, *, by: User) -> None:
    """Throw it away."""
    Draft.objects.filter(person=by, thread=thread).delete()


def forget_old_drafts() -> int:
    """Throw away what nobody has gone on writing for half a year; return how many drafts that were."""
    return int(Draft.objects.filter(saved_at__lt=timezone.now() - KEPT).delete()[0])  # unscoped: the machine forgets


def own_draft(reader: Any) -> Subquery:
    """The reader's draft in a thread, with when it was saved."""
    own = Draft.objects.visible_to(reader).filter(thread=OuterRef("pk"))
    return Subquery(own.values(draft=JSONObject(body="body", saved_at="saved_at"))[:1])


thread_facts.add("draft", own_draft)
