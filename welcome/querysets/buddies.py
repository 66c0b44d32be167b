"""Whose buddies are whose, and who may know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db.models import Count, Max, Q, QuerySet

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User


def _is_support(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_active and user.is_staff)


class BuddyQuerySet(QuerySet):
    """Those who offered to welcome newcomers."""

    def with_load(self) -> Self:
        """Each with `load`, how many newcomers they are suggested to or have, and `asked_at`, when they were last given one."""
        live = Q(matches__status__in=BuddyMatchQuerySet.LIVE)
        return self.annotate(load=Count("matches", filter=live), asked_at=Max("matches__confirmed_at"))

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """One's own offer; the support team sees the pool."""
        return self if _is_support(user) else self.filter(person=user) if user.is_authenticated else self.none()


class BuddyTextQuerySet(QuerySet):
    """What buddies would like to be written in their name."""

    def in_force(self) -> Self:
        """Those that their buddy approved and did not take back, the newest of each first: that one is used."""
        return self.filter(approved_at__isnull=False, withdrawn_at=None).order_by("buddy", "-number")

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """One's own; the support team sees what was approved."""
        if not user.is_authenticated:
            return self.none()
        own = Q(buddy__person=user)
        return self.filter(own | Q(approved_at__isnull=False)) if _is_support(user) else self.filter(own)


class BuddyMatchQuerySet(QuerySet):
    """Newcomers and those who welcome them."""

    LIVE = ("proposed", "confirmed", "welcomed", "together")
    BEGUN = ("welcomed", "together", "ended", "replaced")

    TAKEN = ("confirmed", "welcomed", "together")

    def taken(self) -> Self:
        """Those that somebody has decided and that hold now: they take up their buddy's room."""
        return self.filter(status__in=self.TAKEN)

    def live(self) -> Self:
        """Those that hold now: of each newcomer one at most."""
        return self.filter(status__in=self.LIVE)

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """The two learn of each other with the welcome, the buddy once it is confirmed; the support team sees all of them."""
        if not user.is_authenticated:
            return self.none()
        if _is_support(user):
            return self
        told = [*self.BEGUN, "confirmed"]
        return self.filter(Q(buddy__person=user, status__in=told) | Q(newcomer=user, status__in=self.BEGUN))
