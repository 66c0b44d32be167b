"""Who sees a need, and whom it reached."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User


class NeedQuerySet(models.QuerySet):
    """Needs, by reader."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those of threads that `user` reads."""
        from discussions.models import Thread  # deferred: the models take their querysets from here

        return self.filter(thread__in=Thread.objects.visible_to(user).values("pk"))


class NeedAlertQuerySet(models.QuerySet):
    """Who was told of a need."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """One's own, and nobody else's: who could not help is asked by nobody why."""
        from discussions.models import Thread  # deferred: likewise

        return self.filter(person=user.pk, need__thread__in=Thread.objects.visible_to(user).values("pk"))
