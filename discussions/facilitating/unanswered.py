"""Conversations to which nobody has answered for two days."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from discussions.models import Post, Space, Thread
from discussions.morning import MOST, Line, Part, Source, morning, one_page
from foundation.prepared import Late

if TYPE_CHECKING:
    from ambassadors.models import User

AFTER = timedelta(hours=48)
NO_LONGER = timedelta(days=60)  # what nobody took up in two months rests


def unanswered(reader: Any) -> QuerySet[Any, Any]:
    """Open conversations in the spaces that `reader` leads in which only their beginner has spoken, the oldest first."""
    others = Post.objects.filter(thread=OuterRef("pk"), status="shown").exclude(author=F("thread__started_by"))
    led = Thread.objects.visible_to(reader).filter(space__in=Space.objects.led_by(reader).active().values("pk"), status="open")
    rows: QuerySet[Any, Any] = led.filter(
        ~Exists(others),
        kind__in=["discussion", "question"],
        archived_number=0,
        last_post_at__gte=Late(_too_long_ago),
        started_at__lte=Late(_long_ago),
    )
    return rows.order_by("started_at", "pk")


def _long_ago() -> datetime:
    return timezone.now() - AFTER


def _too_long_ago() -> datetime:
    return timezone.now() - NO_LONGER


def part(reader: User) -> Part | None:
    """The oldest of them, for whoever leads a space."""
    threads = unanswered(reader).select_related("space", "started_by")[: MOST + 1]
    lines, has_more = one_page([_line(thread) for thread in threads])
    return Part(
        gettext_lazy("Nobody has answered yet"),
        gettext_lazy("Every conversation of the last weeks has had an answer."),
        lines,
        text=gettext_lazy("Begun more than two days ago. A line of yours, or of somebody you ask, is often all it takes."),
        has_more=has_more,
    )


def _line(thread: Thread) -> Line:
    beginner = thread.started_by.shown_name if thread.started_by else _("a former member")
    return Line(
        thread.subject, thread.get_absolute_url(), str(thread.space), _("begun by %(name)s") % {"name": beginner}, thread.started_at
    )


morning.add("unanswered", Source(part, weight=10))
