"""Which prepared answers somebody may read: who they are for, and who prepared them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User


class PreparedReplyQuerySet(models.QuerySet):
    """Prepared answers, by who asks."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those that were prepared for `user`, and those that they prepared. It opens no page to an assistant by itself."""
        return self.filter(Q(ambassador=user.pk) | Q(assistant=user.pk)) if user.is_authenticated else self.none()

    def waiting_for(self, user: Any) -> Self:
        """Those that `user` has not sent or put aside."""
        return self.filter(ambassador=user.pk, status="waiting")
