"""Who sees the follow-up desk, and which answers still wait for a look."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef

from discussions.querysets.posts import PostQuerySet
from discussions.querysets.spaces import is_let_in
from foundation.prepared import Late

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User


class FollowUpQuerySet(models.QuerySet):
    """Follow-ups, by reader and by state."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those of answers in spaces that `user` runs: whoever else looks after the space goes on with them."""
        from discussions.models import Space  # deferred: the models take their querysets from here

        if not is_let_in(user):
            return self.none()
        return self.filter(post__thread__space__in=Space.objects.led_by(user).values("pk"), post__status="shown")

    def waiting(self) -> Self:
        """Those that are still to be sent, and whose author is there."""
        return self.filter(status="waiting", post__author__isnull=False)

    def due(self, now: datetime | Late) -> Self:
        """Those whose day has come."""
        return self.waiting().filter(due_at__lte=now)


def answers_to_look_at(user: Any) -> PostQuerySet:
    """The answers to prompts in the spaces that `user` runs of which nothing has been decided yet: the first of each author."""
    from discussions.models import FollowUp, Post, Space  # deferred: likewise

    led = Space.objects.led_by(user).active().values("pk")
    earlier = Post.objects.filter(thread=OuterRef("thread"), author=OuterRef("author"), number__gt=1, number__lt=OuterRef("number"))
    answers: Any = Post.objects.visible_to(user).filter(
        thread__space__in=led, thread__kind="prompt", thread__status__in=["open", "locked"], number__gt=1, status="shown"
    )
    answers = answers.filter(~Exists(earlier), ~Exists(FollowUp.objects.filter(post=OuterRef("pk"))), author__isnull=False)
    found: PostQuerySet = answers.exclude(author=F("thread__started_by"))
    return found
