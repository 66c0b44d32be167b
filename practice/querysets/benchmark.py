"""Whose a benchmark is: each consent is its organisation's; figures are for those who share; shares are nobody's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, Q

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User

LEAST = 8  # organisations on which quartiles stand


class BenchmarkConsentQuerySet(models.QuerySet):
    """What organisations have agreed to."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those of organisations whose sessions `user` runs."""
        from practice.models import PracticeOrganization  # deferred: the models take their querysets from here

        return self.filter(organization__in=PracticeOrganization.objects.visible_to(user))

    def standing(self) -> Self:
        """Those that were not withdrawn."""
        return self.filter(withdrawn_at=None)


class BenchmarkFigureQuerySet(models.QuerySet):
    """Quartiles of principles."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those of instruments for which an organisation of the reader's shares its own numbers."""
        from practice.models import BenchmarkConsent  # deferred: likewise

        return self.filter(instrument__in=BenchmarkConsent.objects.visible_to(user).standing().values("instrument")).standing()

    def standing(self) -> Self:
        """Those that may be shown: enough of the organisations on whose numbers they stand agree to it still, at this moment."""
        agreeing = Count("shares", filter=Q(shares__consent__withdrawn_at=None))
        return self.annotate(agreeing=agreeing).filter(agreeing__gte=LEAST)


class BenchmarkShareQuerySet(models.QuerySet):
    """The numbers behind them."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Nobody's to look at."""
        return self.none()
