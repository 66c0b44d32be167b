"""Archives, erasures and wishes to come back: who sees them, and what is due."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from foundation.audiences import Audience, reached_by

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import Archive, User

LEASE = timedelta(minutes=6)  # longer than a task may run: when it is over, the worker that held it is gone


class ArchiveQuerySet(models.QuerySet):
    """Archives by reader and by state."""

    def visible_to(self, viewer: User | AnonymousUser) -> Self:
        """One's own, and nobody else's: staff open none."""
        return self.filter(person_id=viewer.pk) if viewer.is_authenticated and viewer.is_active else self.none()

    def fetchable(self) -> Self:
        """Those whose file is there and may be fetched today."""
        return self.filter(status="ready", expires_at__gt=timezone.now())

    def over(self) -> Self:
        """Those whose week is over."""
        return self.filter(status="ready", expires_at__lte=timezone.now())

    def waiting(self) -> Self:
        """Those that nobody works on: asked for a moment ago, or left behind by a worker that is gone."""
        return self.filter(Q(lease_until=None) | Q(lease_until__lt=timezone.now()), status="preparing")

    def claim(self, pk: int) -> Archive | None:
        """Take one archive in hand for the time of a lease, or return None when it is done or somebody else has it."""
        token, now = secrets.token_hex(16), timezone.now()
        # The lease that was read is part of the filter: of two workers, one update finds the row.
        won = self.waiting().filter(pk=pk).update(claim=token, lease_until=now + LEASE, attempts=F("attempts") + 1)
        taken: Any = self.select_related("person").get(pk=pk) if won else None
        found: Archive | None = taken
        return found

    def held_by(self, archive: Archive) -> Self:
        """The row of `archive`, as long as its claim is still the one under which it was read."""
        return self.filter(pk=archive.pk, claim=archive.claim, status="preparing").exclude(claim="")


class ErasureQuerySet(models.QuerySet):
    """Erasures by reader and by state."""

    def visible_to(self, viewer: User | AnonymousUser) -> Self:
        """All for the support team, which must know that somebody is leaving; everybody else their own."""
        return self if Audience.STAFF in reached_by(viewer) else self.filter(person_id=viewer.pk)

    def planned(self) -> Self:
        """Those that will come, unless they are taken back."""
        return self.filter(status="planned")

    def due(self) -> Self:
        """Those whose day has come."""
        return self.planned().filter(due_at__lte=timezone.now())


class ReturnRequestQuerySet(models.QuerySet):
    """Wishes to come back."""

    def visible_to(self, viewer: User | AnonymousUser) -> Self:
        """All for the support team; everybody else their own."""
        return self if Audience.STAFF in reached_by(viewer) else self.filter(person_id=viewer.pk)

    def open(self) -> Self:
        """Those that wait for an answer."""
        return self.filter(status="open")
