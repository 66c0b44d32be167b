"""What somebody decided about suggestions for themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import QuerySet

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User


class OwnQuerySet(QuerySet):
    """Rows of a `person`, for that person alone."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """One's own, and nobody else's, staff included."""
        return self.filter(person=user.pk) if user.is_authenticated and user.is_active else self.none()
