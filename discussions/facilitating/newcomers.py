"""The first words of people who are new to a facilitator's spaces."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from discussions.models import Post, Space
from discussions.morning import MOST, Line, Part, Source, morning, one_of_a_thread, one_page
from foundation.models import Via

if TYPE_CHECKING:
    from ambassadors.models import User

RECENT = timedelta(days=14)


def first_posts(reader: User) -> QuerySet[Any, Any]:
    """Of the last two weeks: what people said who had said nothing before in the spaces that `reader` leads."""
    led = Space.objects.led_by(reader).active().values("pk")
    earlier = Post.objects.filter(author=OuterRef("author"), thread__space__in=led, pk__lt=OuterRef("pk"))
    recent = Post.objects.visible_to(reader).filter(thread__space__in=led, posted_at__gte=timezone.now() - RECENT)
    rows: QuerySet[Any, Any] = recent.filter(~Exists(earlier), author__isnull=False, status="shown").exclude(via=Via.IMPORT)
    waiting: QuerySet[Any, Any] = rows.exclude(author=reader).annotate(is_last=F("thread__last_number") - F("number"))
    return waiting


def part(reader: User) -> Part | None:
    """The latest of them, several in a conversation on one line; what nobody has answered stands out."""
    posts = one_of_a_thread(first_posts(reader), latest=True).select_related("thread__space", "author")
    lines, has_more = one_page([_line(post) for post in posts.order_by("-posted_at", "-pk")[: MOST + 1]])
    return Part(
        gettext_lazy("First words of newcomers"),
        gettext_lazy("Nobody has spoken up for the first time in the last two weeks."),
        lines,
        text=gettext_lazy("People who had not written in your spaces before. A welcome is worth most on the day."),
        has_more=has_more,
    )


def _line(post: Any) -> Line:
    waits, subject = post.is_last == 0, post.thread.subject
    title = _("%(name)s in “%(subject)s”") % {"name": post.author.shown_name, "subject": subject}
    if post.in_thread > 1:
        title = _("%(number)d newcomers in “%(subject)s”") % {"number": post.in_thread, "subject": subject}
    return Line(
        title,
        (post.thread if post.in_thread > 1 else post).get_absolute_url(),
        str(post.thread.space),
        _("nobody has answered yet") if waits else "",
        post.posted_at,
        pressing=waits,
    )


morning.add("newcomers", Source(part, weight=20))
