"""Who sees invitations, and which of them are due for something."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User


class InvitationQuerySet(models.QuerySet):
    """Invitations."""

    def visible_to(self, reader: User | AnonymousUser) -> Self:
        """Those of cases that `reader` leads or decides about."""
        from ambassadors.models import Nomination  # deferred: the models take their querysets from here

        return self.filter(nomination__in=Nomination.objects.led_by(reader))

    def with_wishes(self) -> Self:
        """How many open wishes each has, and its place among all who wait, whoever may see those."""
        from ambassadors.models import Invitation, InvitationWish  # deferred: likewise

        open_ones = InvitationWish.objects.filter(invitation=OuterRef("pk"), status="open").order_by().values("invitation")
        earlier = Q(queued_at__lt=OuterRef("queued_at")) | Q(queued_at=OuterRef("queued_at"), pk__lte=OuterRef("pk"))
        before = Invitation.objects.filter(earlier, status="waiting").order_by().values("status")
        return self.annotate(
            open_wish_count=Coalesce(Subquery(open_ones.annotate(number=Count("pk")).values("number")), 0),
            place=Coalesce(Subquery(before.annotate(number=Count("pk")).values("number")), 0),
        )

    def waiting(self) -> Self:
        """Those without a seat, in the order in which they get one."""
        return self.filter(status="waiting").order_by("queued_at", "pk")

    def holding_seats(self) -> Self:
        """Those that were sent, and may still be accepted."""
        return self.filter(status="sent")

    def out_of_date(self) -> Self:
        """Those whose days are over, and which still hold a seat."""
        return self.filter(status="sent", expires_at__lte=timezone.now())

    def to_remind(self, before: datetime) -> Self:
        """Those that are open, end before that moment, and of which nobody was reminded."""
        return self.filter(status="sent", reminded_at=None, expires_at__gt=timezone.now(), expires_at__lte=before)

    def of_nominator(self, reader: User | AnonymousUser) -> Self:
        """Those for people whom `reader` nominated."""
        return self.filter(cosigner=reader.pk, cosigner__isnull=False)


class InvitationWishQuerySet(models.QuerySet):
    """What people asked about their invitation."""

    def visible_to(self, reader: User | AnonymousUser) -> Self:
        """Those about invitations that `reader` may see."""
        from ambassadors.models import Invitation  # deferred: likewise

        return self.filter(invitation__in=Invitation.objects.visible_to(reader))

    def open(self) -> Self:
        """Those that nobody has answered."""
        return self.filter(status="open")
