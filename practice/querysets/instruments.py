"""Which instruments a reader may see: as the editions of their products."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F

from products.models import Edition, Product

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User


class InstrumentQuerySet(models.QuerySet):
    """Instruments, by who may know of them."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those whose product the reader may see."""
        return self.filter(product__in=Product.objects.visible_to(user))

    def released(self) -> Self:
        """Those of which an edition is out and current: organisations can begin with them."""
        return self.filter(product__current__isnull=False, product__current__instrument_edition__isnull=False)


class InstrumentEditionQuerySet(models.QuerySet):
    """Editions of instruments."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those whose edition the reader may read."""
        return self.filter(edition__in=Edition.objects.visible_to(user))

    def released(self) -> Self:
        """Those with which a session can begin today: the current edition of each."""
        return self.filter(edition__product__current=F("edition"))


class InstrumentItemQuerySet(models.QuerySet):
    """Modules, principles and proof points."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those of editions that the reader may read."""
        from practice.models import InstrumentEdition  # deferred: the models take their querysets from here

        return self.filter(edition__in=InstrumentEdition.objects.visible_to(user))
