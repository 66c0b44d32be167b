"""What spaces add to the pages of their conversations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser

from discussions import rules
from discussions.models import Space, Thread
from foundation.panels import Panel, panels

if TYPE_CHECKING:
    from ambassadors.models import User


def why_no_answer(reader: User | AnonymousUser, thread: Thread) -> dict[str, Any] | None:
    """Below a conversation that can be read and not added to: why that is, and what one can do about it."""
    space = thread.space
    if space is None or not reader.is_authenticated or thread.status != Thread.Status.OPEN:
        return None
    if space.has_ended:
        return {"space": space, "has_ended": True}
    roles = set() if space.is_topic else rules.roles_of(reader, space)
    if space.is_topic or rules.ANSWERS & roles:
        return None
    return {"space": space, "joins": not roles and space.openness == Space.Openness.OPEN}


panels.add("why one cannot answer", Panel("thread-foot", "discussions/spaces/_why_no_answer.html", why_no_answer, weight=20))
