"""Who may read which post."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from discussions.querysets.spaces import is_let_in

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User


class PostQuerySet(models.QuerySet):
    """Posts, by reader and by order."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """The posts whose words `user` may read: those shown in threads visible to them (see `ThreadQuerySet.visible_to`).

        A post that was hidden is read by its author and by those who lead its space, one that was withdrawn by its author alone.
        """
        return self.placed_for(user).filter(readable_by(user)) if is_let_in(user) else self.none()

    def placed_for(self, user: User | AnonymousUser) -> Self:
        """All posts that have a place in a thread visible to `user`. The words of each are theirs only where `visible_to` says so."""
        from discussions.models import Thread  # deferred: the models take their querysets from here

        return self.filter(thread__in=Thread.objects.visible_to(user).values("pk")) if is_let_in(user) else self.none()

    def with_author(self) -> Self:
        return self.select_related("author", "author__ambassador")

    def in_order(self) -> Self:
        return self.order_by("number")


def readable_by(user: Any) -> Q:
    """Of posts with a place in a thread that `user` sees: those whose words they may read."""
    from discussions.models import Space  # deferred: likewise

    led = Space.objects.led_by(user).values("pk")
    return Q(status="shown") | Q(author=user.pk) | Q(status="hidden", thread__space__in=led)


class PostRevisionQuerySet(models.QuerySet):
    """What posts said before."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those of the posts that `user` may read."""
        from discussions.models import Post  # deferred: likewise

        return self.filter(post__in=Post.objects.visible_to(user).values("pk"))
