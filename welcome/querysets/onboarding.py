"""Whose first weeks are whose. Nobody but the person sees which steps are done: the support team sees cohorts."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db.models import Q, QuerySet

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User


class OnboardingQuerySet(QuerySet):
    """First weeks."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """One's own, and nobody else's: staff do not see who has done what."""
        return self.filter(person=user.pk) if user.is_authenticated and user.is_active else self.none()

    def open(self) -> Self:
        """Those that go on."""
        return self.filter(status="open")

    def begun_before(self, moment: datetime) -> Self:
        """Those that began before then."""
        return self.filter(began_at__lt=moment)

    def to_remind(self, now: datetime, first: timedelta, second: timedelta) -> Self:
        """Those whose first reminder, or whose second and last one, is due: never two in a row, however long the clock stood still."""
        rested = Q(reminded_at__lte=now - (second - first))
        is_due = Q(reminded=0, began_at__lte=now - first) | Q(rested, reminded=1, began_at__lte=now - second)
        return self.open().filter(is_due, Q(not_before=None) | Q(not_before__lte=now))


class OnboardingStepQuerySet(QuerySet):
    """What is kept of steps."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """One's own."""
        return self.filter(onboarding__person=user.pk) if user.is_authenticated and user.is_active else self.none()

    def settled(self) -> Self:
        """Done or skipped."""
        return self.filter(state__in=["done", "skipped"])

    def pairs(self) -> QuerySet[Any, Any]:
        """Who has settled what: (onboarding, name, state)."""
        return self.settled().values_list("onboarding", "name", "state")
