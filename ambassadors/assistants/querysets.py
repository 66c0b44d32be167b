"""Who knows of a seat, and which seats open anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User


class AssistantSeatQuerySet(models.QuerySet):
    """Seats, by who asks."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those that `user` gave, and the one that they took. The support team has no key to them."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(ambassador=user.pk) | Q(assistant=user.pk))

    def given_by(self, user: User) -> Self:
        return self.filter(ambassador=user)

    def still_open(self) -> Self:
        """Offered or taken."""
        return self.filter(status__in=["offered", "taken"])

    def taken(self) -> Self:
        return self.filter(status="taken")

    def in_force(self) -> Self:
        """Those that open something now: the community has seats, the ambassador is here, and the assistant has no door of their own.

        Whoever pauses wants nothing done in their name; whoever left has nobody here. An assistant who joins has a seat of another kind.
        """
        from ambassadors.models import AssistantRules  # deferred: the models take their querysets from here

        switched_off = models.Exists(AssistantRules.objects.filter(are_allowed=False))
        here = Q(ambassador__is_active=True, ambassador__ambassador__status="active")
        who = Q(assistant__is_active=True, assistant__is_staff=False, assistant__ambassador=None)
        return self.taken().filter(~switched_off, here, who)

    def open_to(self, user: User | AnonymousUser) -> Self:
        """Those of `in_force` in which `user` may sit down now."""
        return self.in_force().filter(assistant=user.pk) if user.is_authenticated else self.none()
