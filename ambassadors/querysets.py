"""Which people a viewer may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from foundation.audiences import reached_by

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User


class AmbassadorQuerySet(models.QuerySet):
    """Ambassadors, by state and by who is looking."""

    def visible_to(self, viewer: User | AnonymousUser) -> AmbassadorQuerySet:
        """Everybody sees who chose to be listed publicly; members see all who belong; staff see all but erased people."""
        reach = reached_by(viewer)
        if "staff" in reach:
            return self
        return self.filter(listed_for__in=reach, status__in=["listed", "active", "paused"])

    def active(self) -> AmbassadorQuerySet:
        """Those for whom the house is open: active, or pausing but still a member."""
        return self.filter(status__in=["active", "paused"])
