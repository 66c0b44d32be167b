"""The addresses that mail came back from: which get no optional mail for now, and who may see them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models.functions import Lower, TruncDate

from foundation.audiences import Audience, reached_by

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User


class AddressHealthQuerySet(models.QuerySet):
    """Addresses by what may go there."""

    def visible_to(self, viewer: User | AnonymousUser) -> AddressHealthQuerySet:
        """The support team sees them all, everybody that of their main address."""
        if Audience.STAFF in reached_by(viewer):
            return self
        return self.of(viewer.email) if viewer.is_authenticated else self.none()

    def of(self, address: str) -> AddressHealthQuerySet:
        """The row of one address, however it is written."""
        return self.filter(address=address.strip().lower())

    def stopped(self) -> AddressHealthQuerySet:
        return self.exclude(state="working")

    def stops(self, address: str) -> bool:
        """Whether optional mail to this address is held back."""
        return self.stopped().of(address).exists()

    def state_of(self, column: str) -> models.Subquery:
        """The state of the address in a column of another table, where mail to it is held back: for who is read with each request."""
        return models.Subquery(self.stopped().filter(address=Lower(models.OuterRef(column))).values("state")[:1])


class MailFailureQuerySet(models.QuerySet):
    """What came back."""

    def visible_to(self, viewer: User | AnonymousUser) -> MailFailureQuerySet:
        """The support team sees it all, everybody what came back from their main address."""
        if Audience.STAFF in reached_by(viewer):
            return self
        return self.filter(health__address=viewer.email.lower()) if viewer.is_authenticated else self.none()

    def hard_since(self, moment: datetime) -> int:
        """How many mails sent since then met no mailbox."""
        return self.filter(kind="hard", sent_at__gte=moment).count()

    def soft_days_since(self, moment: datetime) -> int:
        """On how many days since then a mail was not taken."""
        days: Any = self.filter(kind="soft", sent_at__gte=moment).annotate(day=TruncDate("sent_at"))
        number: int = days.order_by().values("day").distinct().count()
        return number

    def of_long_ago(self, now: datetime) -> MailFailureQuerySet:
        return self.filter(at__lt=now - timedelta(days=365))
