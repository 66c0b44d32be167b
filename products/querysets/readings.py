"""Critical readings, and former addresses of pillars: what everybody may read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User


class ReadingQuerySet(models.QuerySet):
    """Readings beside products."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Whoever may see the product."""
        from products.models import Product  # deferred: the models take their querysets from here

        return self.filter(product__in=Product.objects.visible_to(user).values("pk"))


class PillarAddressQuerySet(models.QuerySet):
    """Former addresses of pillars."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Everybody: the framework is public."""
        return self
