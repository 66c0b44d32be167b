"""Who sees what of introductions. Nobody ever reads the answer of somebody else: there is no queryset that would show it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery

from foundation.prepared import Late

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User


class IntroductionQuerySet(models.QuerySet):
    """Introductions, as their hosts know them."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those that `user` proposed as host: that they asked and, once both have said yes, that it was made. Staff see no others."""
        return self.filter(host=user.pk) if user.is_authenticated and user.is_member else self.none()

    def open(self) -> Self:
        return self.filter(status="asked")

    def past(self, now: datetime) -> Self:
        """Those whose day has come, whatever was answered."""
        return self.open().filter(lapses_at__lte=now)

    def of_both(self, one: User, two: User) -> Self:
        """Those of these two, in whatever order."""
        from welcome.models import IntroductionSide  # deferred: the models take their querysets from here

        sides = (IntroductionSide.objects.filter(introduction=OuterRef("pk"), person=person) for person in (one, two))
        return self.filter(*(Exists(side) for side in sides))


class IntroductionSideQuerySet(models.QuerySet):
    """What one of the two is asked, and answers."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """One's own side. Of an introduction by, or to, somebody whose messages one does not take, one is not asked at all."""
        from discussions.models import Block  # deferred: likewise
        from welcome.models import IntroductionSide  # deferred: likewise

        if not (user.is_authenticated and user.is_member):
            return self.none()
        with_them = IntroductionSide.objects.filter(introduction=OuterRef(OuterRef("introduction"))).values("person")
        refused = Block.objects.filter(Q(blocked=OuterRef("introduction__host")) | Q(blocked__in=with_them), person=user.pk)
        return self.filter(Q(introduction__status="made") | ~Exists(refused), person=user.pk)

    def open(self, now: datetime | Late) -> Self:
        """Those that can be answered: until their day has come, while everybody concerned is there."""
        from welcome.models import IntroductionSide  # deferred: likewise

        there = Q(person__is_active=True, person__ambassador__status__in=["active", "paused"])
        gone = IntroductionSide.objects.filter(introduction=OuterRef("introduction")).exclude(there)
        is_host_there = Q(introduction__host__is_staff=True) | Q(introduction__host__ambassador__status__in=["active", "paused"])
        return self.filter(
            ~Exists(gone),
            is_host_there,
            introduction__host__is_active=True,
            introduction__status="asked",
            introduction__lapses_at__gt=now,
        )

    def unanswered(self) -> Self:
        return self.filter(answer="asked")

    def with_other(self) -> Self:
        """With the key of the person on the other side (`other`), and nothing else of that side."""
        from welcome.models import IntroductionSide  # deferred: likewise

        others = IntroductionSide.objects.filter(introduction=OuterRef("introduction")).exclude(seat=OuterRef("seat"))
        return self.annotate(other=Subquery(others.values("person")[:1])).select_related("introduction__host")

    def newest_first(self) -> Self:
        return self.order_by(F("introduction__asked_at").desc(), "-pk")
