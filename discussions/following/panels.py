"""How much one hears of a thread or a space, on its own page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from discussions.acts import thread_facts
from discussions.addresses import address
from discussions.following.levels import AS_USUAL, level_of_its_space, level_of_thread, standing, standing_to_space
from discussions.models import Space, Thread
from foundation.panels import Panel, panels

if TYPE_CHECKING:
    from ambassadors.models import User


def on_thread(reader: User | AnonymousUser, thread: Thread) -> dict[str, Any] | None:
    """For whoever reads it; nothing more can come of one that leads on to another."""
    if not reader.is_authenticated or thread.status == Thread.Status.MERGED:
        return None
    own, above = getattr(thread, "own_follow", None), getattr(thread, "space_follow", None)  # read with the thread
    told = standing(own or AS_USUAL, above or AS_USUAL, is_private=thread.is_private)
    return {"standing": told, "url": address("thread-follow", thread.pk)}


def on_space(reader: User | AnonymousUser, space: Space) -> dict[str, Any] | None:
    """For whoever reads what is said in it."""
    readable = Space.objects.read_by(reader)  # unscoped: narrower than visible_to, for whose words one reads
    if not reader.is_authenticated or not readable.filter(pk=space.pk).exists():
        return None
    return {"standing": standing_to_space(reader, space), "url": reverse("discussions:space-follow", args=[space.slug])}


thread_facts.add("own_follow", level_of_thread)
thread_facts.add("space_follow", level_of_its_space)
panels.add("follow a thread", Panel("thread-head", "discussions/following/_levels.html", on_thread, weight=5, is_plain=True))
panels.add("follow a space", Panel("space", "discussions/following/_levels.html", on_space, weight=5))
