"""Newcomers who have spoken up, and whom nobody has answered for two days. Whoever has said nothing yet is on no list."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from discussions.models import Post, Space
from discussions.morning import MOST, Line, Part, Source, morning, one_page
from foundation.models import Via

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from ambassadors.models import User

NEW_FOR = timedelta(days=60)
AFTER = timedelta(hours=48)


def waiting(reader: User) -> QuerySet[Any, Any]:
    """In the spaces that `reader` leads: the first words of members of two months at most, after which nobody else has said anything."""
    now: datetime = timezone.now()
    earlier = Post.objects.filter(author=OuterRef("author"), thread__space__isnull=False, pk__lt=OuterRef("pk"))
    later = Post.objects.filter(thread=OuterRef("thread"), number__gt=OuterRef("number"), status="shown")
    posts = Post.objects.visible_to(reader).filter(
        ~Exists(earlier),
        ~Exists(later.exclude(author=OuterRef("author"))),
        thread__space__in=Space.objects.led_by(reader).active().values("pk"),
        thread__status="open",
        status="shown",
        posted_at__lte=now - AFTER,
        author__ambassador__joined_at__gte=now - NEW_FOR,
        author__ambassador__status__in=["active", "paused"],
    )
    rows: QuerySet[Any, Any] = posts.exclude(author=reader.pk).exclude(via=Via.IMPORT).select_related("thread__space", "author")
    return rows.order_by("posted_at", "pk")


def part(reader: User) -> Part | None:
    """The longest waiting first, for whoever leads a space."""
    lines, has_more = one_page([_line(post) for post in waiting(reader)[: MOST + 1]])
    return Part(
        gettext_lazy("Newcomers whose first words wait"),
        gettext_lazy("Every newcomer who has spoken up has had an answer."),
        lines,
        text=gettext_lazy(
            "Said more than two days ago by somebody who joined lately. One line of yours tells them that they were heard."
        ),
        has_more=has_more,
    )


def _line(post: Post) -> Line:
    subject, name = post.thread.subject, post.author_name
    title = _("%(name)s in “%(subject)s”") % {"name": name, "subject": subject}
    return Line(
        title, post.get_absolute_url(), str(post.thread.space), _("waits for a first answer"), post.posted_at, pressing=True
    )


morning.add("newcomers waiting", Source(part, weight=5))
