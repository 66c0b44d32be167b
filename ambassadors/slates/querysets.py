"""Which slates a reader may see, and whose answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils import timezone

from foundation.audiences import Audience, reached_by

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User


class SlateQuerySet(models.QuerySet):
    """Slates."""

    def visible_to(self, reader: User | AnonymousUser) -> Self:
        """Members see a slate while it is open; leads and deciders each one, as long as they have a duty."""
        from ambassadors.models import VettingDuty  # deferred: the models take their querysets from here

        reach = reached_by(reader)
        if (
            Audience.STAFF in reach
            and (VettingDuty.objects.leads() | VettingDuty.objects.deciders()).filter(person=reader.pk).exists()
        ):
            return self
        return self.open() if Audience.MEMBERS in reach else self.none()

    def open(self) -> Self:
        """Those that take answers now."""
        return self.filter(status="open", closes_at__gt=timezone.now())

    def to_close(self) -> Self:
        """Those whose days are over, and which still stand open."""
        return self.filter(status="open", closes_at__lte=timezone.now())


class SlateAnswerQuerySet(models.QuerySet):
    """Answers to slates."""

    def visible_to(self, reader: User | AnonymousUser) -> Self:
        """One's own, and nobody else's: leads see how many there are of each kind, and the concerns in their own place."""
        return self.filter(person=reader.pk) if getattr(reader, "is_member", False) else self.none()

    def counting(self) -> Self:
        """Those that came in time."""
        return self.filter(is_late=False)
