"""Who sees which circle, and when it meets."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, OuterRef

from discussions.querysets.spaces import is_let_in

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User


def _known(user: Any) -> models.QuerySet[Any, Any]:
    from discussions.models import Space  # deferred: the models take their querysets from here

    return Space.objects.visible_to(user).values("pk")


class CircleQuerySet(models.QuerySet):
    """Circles, by reader."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those whose space `user` knows of: its name, for whom it is, and when it meets. Where it meets is for its people."""
        return self.filter(space__in=_known(user)) if is_let_in(user) else self.none()

    def joined_by(self, user: User | AnonymousUser) -> Self:
        """Those that `user` is in, whatever they are there."""
        from discussions.models import Space  # deferred: likewise

        return self.filter(space__in=Space.objects.joined_by(user).values("pk")) if is_let_in(user) else self.none()

    def own_first(self, user: User | AnonymousUser) -> Self:
        """Each with whether `user` is in it (`is_joined`): those come first, then by name."""
        from discussions.models import SpaceRole  # deferred: likewise

        own = SpaceRole.objects.filter(space=OuterRef("space"), person=user.pk)
        return self.annotate(is_joined=Exists(own)).order_by("-is_joined", "space__name", "pk")

    def with_timetable(self) -> Self:
        """All from which its meetings follow, in two queries more."""
        return self.select_related("space", "label").prefetch_related("cadences", "changes")

    def active(self) -> Self:
        return self.filter(space__status="active")

    def to_tell(self, now: datetime) -> Self:
        """Those whose people are to hear of another cadence."""
        return self.filter(tell_at__lte=now)


class CircleCadenceQuerySet(models.QuerySet):
    """When circles meet."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Of the circles that `user` knows of."""
        return self.filter(circle__space__in=_known(user)) if is_let_in(user) else self.none()

    def in_force(self) -> Self:
        return self.filter(until=None)


class MeetingChangeQuerySet(models.QuerySet):
    """What was changed about single meetings."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Of the circles that `user` knows of."""
        return self.filter(circle__space__in=_known(user)) if is_let_in(user) else self.none()

    def to_tell(self, now: datetime) -> Self:
        """Those of which people are to hear."""
        return self.filter(tell_at__lte=now)
