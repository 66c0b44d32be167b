"""What moderation says at the top of a thread: why it is locked, and where some of it went or came from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ambassadors.models import Ambassador
from discussions.models import Thread
from discussions.moderation import measures
from foundation.panels import Panel, panels

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User


def head(reader: User | AnonymousUser, thread: Thread) -> dict[str, Any] | None:
    """Both were read with the thread (discussions/moderation/acts.py)."""
    why, kin = getattr(thread, "why_locked", ""), getattr(thread, "kin", [])
    if not why and not kin:
        return None
    return {"why_locked": why, "kin": [(_how(thread, one), Thread(pk=one["pk"], subject=one["subject"])) for one in kin]}


def _how(thread: Thread, one: dict[str, Any]) -> str:
    if one["merged_into"] == thread.pk:
        return "merged"
    return "gone" if one["split_from"] == thread.pk else "began"


def measure(reader: User | AnonymousUser, ambassador: Ambassador) -> dict[str, Any] | None:
    """For the support team, on the profile of a member: the way to propose a measure."""
    if not getattr(reader, "is_staff", False) or not measures.may_propose(reader, ambassador.user):  # type: ignore[arg-type]
        return None
    return {"ambassador": ambassador}


panels.add("measure", Panel("profile", "discussions/moderation/_measure.html", measure, weight=90))
panels.add("order in a thread", Panel("thread-head", "discussions/moderation/_head.html", head, weight=5))
