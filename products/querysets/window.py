"""Community review, wishes to hear of a launch, and downloads: who reads what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from discussions.querysets.spaces import is_let_in
from foundation.prepared import Late

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User


class CommunityReviewQuerySet(models.QuerySet):
    """Windows."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Every member."""
        return self if is_let_in(user) else self.none()

    def open(self) -> Self:
        """Those in which one can still speak."""
        return self.filter(closed_at=None, closes_at__gt=Late(timezone.now))

    def over(self) -> Self:
        """Those whose days are over, and which the clock has not closed."""
        return self.filter(closed_at=None, closes_at__lte=timezone.now())

    def to_tell(self) -> Self:
        """Those that are open, and of which nobody was told."""
        return self.open().filter(told_at=None)


class OpinionQuerySet(models.QuerySet):
    """Opinions."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Every member reads what members say; what somebody took back is theirs alone."""
        return self.filter(~Q(status="withdrawn") | Q(person=user.pk)) if is_let_in(user) else self.none()

    def standing(self) -> Self:
        """Those that nobody took back."""
        return self.exclude(status="withdrawn")

    def blocking(self) -> Self:
        """Objections that nobody has answered or overridden."""
        return self.filter(kind="objects", status="open")


class LaunchWishQuerySet(models.QuerySet):
    """Wishes to hear of a launch."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """One's own."""
        return self.filter(person=user.pk) if user.is_authenticated else self.none()

    def to_tell(self) -> Self:
        """Those that were confirmed, and not told yet."""
        return self.filter(confirmed_at__isnull=False, told_at=None)


class DownloadQuerySet(models.QuerySet):
    """Counts of downloads."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Whoever may see the product."""
        from products.models import EditionFile  # deferred: the models take their querysets from here

        return self.filter(file__in=EditionFile.objects.visible_to(user).values("pk"))
