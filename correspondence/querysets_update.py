"""Who reads which Update, and who gets it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils import timezone

from foundation.audiences import Audience, reached_by

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User


class UpdateQuerySet(models.QuerySet):
    """Updates, by reader and state."""

    def visible_to(self, reader: User | AnonymousUser) -> Self:
        """Everybody reads what went out; the support team reads drafts, and what waits for its time, as well."""
        return self if Audience.STAFF in reached_by(reader) else self.out()

    def out(self) -> Self:
        """What was mailed, or is being mailed: its readers find it on the site."""
        return self.filter(status__in=["sending", "sent"])

    def due(self, now: datetime) -> Self:
        """What is to begin its way now."""
        return self.filter(status="scheduled", send_at__lte=now)

    def under_way(self) -> Self:
        """What somebody still has to get."""
        return self.filter(status="sending")

    def with_parts(self) -> Self:
        """Each with its passages, in order."""
        return self.prefetch_related("parts")

    def newest_first(self) -> Self:
        return self.order_by("-began_at", "-pk")


class SubscriptionQuerySet(models.QuerySet):
    """Addresses of people without an account. No page shows them to anybody but their owner."""

    def visible_to(self, reader: User | AnonymousUser) -> Self:
        """The support team counts them; nobody else knows of any."""
        return self if Audience.STAFF in reached_by(reader) else self.none()

    def confirmed(self) -> Self:
        """Those whose owner said yes from that very mailbox."""
        return self.filter(status="confirmed")

    def unconfirmed(self) -> Self:
        """Those whose owner has said nothing yet."""
        return self.filter(status="asked")

    def unconfirmed_since(self, moment: datetime) -> Self:
        """Those that nobody confirmed in all that time."""
        return self.unconfirmed().filter(asked_at__lt=moment)

    def asked_today(self) -> Self:
        """Those that were asked for in the last 24 hours."""
        return self.filter(asked_at__gte=timezone.now() - timedelta(days=1))
