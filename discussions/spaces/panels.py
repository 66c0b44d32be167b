"""What spaces add to the pages of their conversations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser

from ambassadors.models import Ambassador
from ambassadors.onlookers import NOBODY
from discussions import rules
from discussions.models import Space, Thread
from foundation.panels import Panel, panels

if TYPE_CHECKING:
    from ambassadors.models import User

MOST_SPACES = 10


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


def invite_to(reader: User | AnonymousUser, ambassador: Ambassador) -> dict[str, Any] | None:
    """On somebody's profile: the spaces into which the reader may invite them, and where they are not and have not been invited."""
    if not reader.is_authenticated or not reader.is_member or reader.pk in {NOBODY, ambassador.user_id}:
        return None
    if not (ambassador.status in {"active", "paused"} and ambassador.user.is_active):
        return None
    spaces = list(
        Space.objects.visible_to(reader).inviting(reader, ambassador.user_id).order_by("kind", "name", "pk")[: MOST_SPACES + 1]
    )
    return {"ambassador": ambassador, "spaces": spaces[:MOST_SPACES], "has_more": len(spaces) > MOST_SPACES} if spaces else None


panels.add("invite to a space", Panel("profile-head", "discussions/spaces/_invite_to.html", invite_to, weight=5))
panels.add("why one cannot answer", Panel("thread-foot", "discussions/spaces/_why_no_answer.html", why_no_answer, weight=20))
