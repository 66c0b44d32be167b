"""What the two find above their conversation: the way to somebody else for the newcomer, the way out for the buddy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse

from discussions.acts import thread_facts
from discussions.models import Thread
from foundation.panels import Panel, panels
from welcome.models import BuddyMatch

if TYPE_CHECKING:
    from ambassadors.models import User

BEGUN = ("welcomed", "together")


def own_match(reader: Any) -> Any:
    """The match of this conversation, where the reader is one of its two; read with the thread, so it costs no query."""
    mine = Q(newcomer=reader.pk) | Q(buddy__person=reader.pk)
    matches = BuddyMatch.objects.filter(mine, thread=OuterRef("pk"), status__in=BEGUN)  # unscoped: one's own
    return Subquery(matches.values("pk")[:1])


def above_the_two(reader: User | AnonymousUser, thread: Thread) -> dict[str, Any] | None:
    """Who began it tells which of the two the reader is: the welcome is the buddy's."""
    pk = getattr(thread, "buddy_match", None)
    if not pk:
        return None
    is_buddy = thread.started_by_id == reader.pk
    name = "welcome:match-cannot" if is_buddy else "welcome:match-another"
    return {"url": reverse(name, args=[pk]), "is_buddy": is_buddy}


def on_first_weeks(reader: User | AnonymousUser, person: Any) -> dict[str, Any] | None:
    """A line to one's buddy on the page of one's first weeks."""
    return {} if reader.pk == person.pk else None


thread_facts.add("buddy_match", own_match)
panels.add("buddy", Panel("thread-head", "welcome/_buddy_thread.html", above_the_two, weight=4))
panels.add("own buddy", Panel("first-weeks", "welcome/_own_buddy.html", on_first_weeks, weight=5))
