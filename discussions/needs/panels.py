"""What a need adds to the page of its thread, and where one says what one needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import OuterRef, Subquery
from django.urls import reverse

from discussions import rules
from discussions.acts import thread_facts
from discussions.models import Need, Space, Thread
from foundation.panels import Panel, panels

if TYPE_CHECKING:
    from ambassadors.models import User


def topic_of_thread(reader: Any) -> Any:
    """The topic that somebody needs help with."""
    needs = Need.objects.filter(thread=OuterRef("pk"))  # unscoped: whoever reads the thread reads its topic
    return Subquery(needs.values("topic__name")[:1])


def need_of(reader: User | AnonymousUser, thread: Thread) -> dict[str, Any] | None:
    """With what somebody needs help, above what they say."""
    topic = getattr(thread, "needed_topic", None)
    return {"topic": topic, "is_own": thread.started_by_id == reader.pk, "helped": bool(thread.helped_id)} if topic else None


def ask_for_help(reader: User | AnonymousUser, space: Space) -> dict[str, Any] | None:
    """A way to say what one needs, for whoever may begin conversations in the space."""
    if not reader.is_authenticated or not rules.may_start(reader, space):
        return None
    return {"url": f"{reverse('discussions:need-start')}?space={space.slug}"}


thread_facts.add("needed_topic", topic_of_thread)
panels.add("need", Panel("thread-head", "discussions/needs/_need.html", need_of, weight=5))
panels.add("ask for help", Panel("space", "discussions/needs/_ask_for_help.html", ask_for_help, weight=25))
