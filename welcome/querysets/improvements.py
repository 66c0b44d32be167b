"""Who sees what pairs would improve, and who looks after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q

from discussions.querysets.spaces import is_let_in
from welcome.querysets.first_look import spaces_read_by

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User


class ImprovementQuerySet(models.QuerySet):
    """Improvements."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those of spaces that `user` reads, and one's own. The support team sees all of them: pairs are told so where they write."""
        from welcome.models import ImprovementAuthor  # deferred: the models take their querysets from here

        if not is_let_in(user):
            return self.none()
        if getattr(user, "is_staff", False):
            return self
        own = Q(Exists(ImprovementAuthor.objects.filter(improvement=OuterRef("pk"), person=user.pk)))
        return self.filter(own | Q(owner=user.pk) | Q(look__space__in=spaces_read_by(user)))

    def standing(self) -> Self:
        """Those that have not gone into another."""
        return self.filter(merged_into=None)

    def with_authors(self) -> Self:
        """Each with `credited`: who suggested it."""
        from welcome.models import ImprovementAuthor  # deferred: likewise

        rows = ImprovementAuthor.objects.select_related("person").order_by("pk")
        return self.select_related("owner", "look__space").prefetch_related(Prefetch("authors", queryset=rows, to_attr="credited"))


class ImprovementAuthorQuerySet(models.QuerySet):
    """Who suggested what."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those of the improvements that `user` sees."""
        from welcome.models import Improvement  # deferred: likewise

        return self.filter(improvement__in=Improvement.objects.visible_to(user).values("pk"))
