"""Which products a reader may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from discussions.querysets.spaces import is_let_in

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User


class ProductQuerySet(models.QuerySet):
    """Products, by what they are to a reader."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those that are announced, or of which `user` may read an edition."""
        from products.models import Edition  # deferred: the models take their querysets from here

        readable = Edition.objects.visible_to(user).filter(product=OuterRef("pk"))
        return self.filter(Q(announced_at__isnull=False) | Exists(readable))

    def published(self) -> Self:
        """Those with an edition that everybody may read."""
        return self.filter(current__isnull=False)

    def came_out(self) -> Self:
        """Those of which the public knows: announced, or published once, even if its text was withdrawn since."""
        from products.models import Edition  # deferred: likewise

        out = Edition.objects.filter(product=OuterRef("pk"), status__in=["published", "retired"])
        return self.filter(Q(announced_at__isnull=False) | Exists(out))

    def announced(self) -> Self:
        """Those that are still to come."""
        return self.filter(announced_at__isnull=False, current=None)

    def written_by(self, user: User | AnonymousUser) -> Self:
        """Those that `user` is an author of."""
        return self.filter(_credited(user)) if is_let_in(user) else self.none()

    def made_by(self, user: User | AnonymousUser) -> Self:
        """Those that `user` writes, and those of the spaces in which they are."""
        return self.filter(Q(_credited(user)) | Q(_is_in_its_space(user))) if is_let_in(user) else self.none()

    def at(self, slug: str) -> Self:
        """The product of that address, of today or of before."""
        from products.models import ProductAddress  # deferred: likewise

        former = ProductAddress.objects.filter(product=OuterRef("pk"), slug=slug)
        return self.filter(Q(slug=slug) | Exists(former))


def _credited(user: Any) -> Exists:
    from products.models import Credit  # deferred: likewise

    return Exists(Credit.objects.filter(product=OuterRef("pk"), person=user.pk, role="author"))


def _is_in_its_space(user: Any) -> Exists:
    from discussions.models import SpaceRole  # deferred: likewise

    return Exists(SpaceRole.objects.filter(space=OuterRef("space"), person=user.pk))


class ProductAddressQuerySet(models.QuerySet):
    """Former addresses."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those of products that `user` may see."""
        from products.models import Product  # deferred: likewise

        return self.filter(product__in=Product.objects.visible_to(user).values("pk"))
