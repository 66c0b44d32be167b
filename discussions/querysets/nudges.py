"""Who sees that somebody was asked for their view."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from discussions.querysets.spaces import is_let_in

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User


class NudgeQuerySet(models.QuerySet):
    """Private invitations to speak up."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those to oneself, and those in the spaces that one leads. Nobody else learns of any, and nobody sees a number of them."""
        from discussions.models import Space  # deferred: the models take their querysets from here

        if not is_let_in(user):
            return self.none()
        return self.filter(Q(person=user.pk) | Q(thread__space__in=Space.objects.led_by(user).values("pk")))
