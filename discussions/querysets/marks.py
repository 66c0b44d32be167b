"""Who sees what stands beside posts: who is named in them, thanks, bookmarks and drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from discussions.querysets.spaces import is_let_in

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User


class MentionQuerySet(models.QuerySet):
    """Who is named in which post."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those of the posts that `user` may read."""
        from discussions.models import Post  # deferred: the models take their querysets from here

        return self.filter(post__in=Post.objects.visible_to(user).values("pk"))


class ThanksQuerySet(models.QuerySet):
    """Who said thank you for which post."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """One's own thanks, and those for one's own posts. Nobody else is told of any, nor how many there are."""
        return self.filter(Q(person=user.pk) | Q(post__author=user.pk)) if is_let_in(user) else self.none()


class BookmarkQuerySet(models.QuerySet):
    """Posts that somebody keeps for themselves."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """One's own, and nobody else's."""
        return self.filter(person=user.pk) if is_let_in(user) else self.none()


class DraftQuerySet(models.QuerySet):
    """Words that are not said yet."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """One's own, and nobody else's."""
        return self.filter(person=user.pk) if is_let_in(user) else self.none()
