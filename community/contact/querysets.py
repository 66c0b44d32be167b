"""Who reads what came through the contact form."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils import timezone

from foundation.audiences import Audience, reached_by

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User


class ContactMessageQuerySet(models.QuerySet):
    """Messages from outside."""

    def visible_to(self, reader: User | AnonymousUser) -> Self:
        """The support team reads them; what is not confirmed yet nobody does."""
        return self.exclude(status="asked") if Audience.STAFF in reached_by(reader) else self.none()

    def waiting(self) -> Self:
        """Those that wait for an answer."""
        return self.filter(status="open")

    def lately(self, span: timedelta) -> Self:
        """Those of the last hour, day …"""
        return self.filter(received_at__gte=timezone.now() - span)
