"""Who sees which conversation piece, and where it was used."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from discussions.querysets.spaces import is_let_in

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User


class PieceQuerySet(models.QuerySet):
    """The library."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Every member reads what is offered; the support team, who look after it, also what is not."""
        if not is_let_in(user):
            return self.none()
        return self if getattr(user, "is_staff", False) else self.offered()

    def offered(self) -> Self:
        return self.filter(is_offered=True)


class PieceUseQuerySet(models.QuerySet):
    """Where pieces were used."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those in spaces that `user` reads: what others do elsewhere marks nothing for them."""
        from discussions.models import Space  # deferred: the models take their querysets from here

        if not is_let_in(user):
            return self.none()
        return self.filter(prompt__space__in=Space.objects.read_by(user).values("pk"))

    def since(self, moment: datetime) -> Self:
        """Those that were asked after a moment, or are to be (`asked_at`): by their round, or by the latest of the whole series."""
        from discussions.models import PromptRound  # deferred: likewise

        rounds = PromptRound.objects.filter(prompt=OuterRef("prompt"), text="").exclude(status="called off")
        latest = Subquery(rounds.order_by("-opens_at").values("opens_at")[:1])
        when = models.Case(models.When(round=None, then=Coalesce(latest, F("at"))), default=F("round__opens_at"))
        asked = self.annotate(asked_at=when).exclude(round__status="called off")
        return asked.filter(Q(asked_at__gte=moment)).order_by("-asked_at", "-pk")
