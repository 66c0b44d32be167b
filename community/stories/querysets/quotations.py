"""Which quotation a page shows."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from foundation.audiences import Audience, reached_by

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User
    from community.models import Quotation

MOST_IN_TURN = 60


class QuotationQuerySet(models.QuerySet):
    """Quotations, by page and day."""

    def visible_to(self, reader: User | AnonymousUser) -> Self:
        """The support team keeps them; everybody else meets them on the pages (`of_the_day`)."""
        return self if Audience.STAFF in reached_by(reader) else self.none()

    def in_force(self, day: date) -> Self:
        """Those whose days include this one."""
        begun = Q(shown_from__isnull=True) | Q(shown_from__lte=day)
        return self.filter(begun, Q(shown_until__isnull=True) | Q(shown_until__gte=day))

    def of_the_day(self, page: str, day: date) -> Quotation | None:
        """Return the one whose turn it is on `page`, or None; one query."""
        in_turn: list[Any] = list(self.filter(page=page).in_force(day).order_by("position", "pk")[:MOST_IN_TURN])
        return in_turn[day.toordinal() % len(in_turn)] if in_turn else None
