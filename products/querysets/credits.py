"""Who had a hand in a product, and who may know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from discussions.querysets.spaces import is_let_in
from products.querysets.duties import is_editor

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User


class CreditQuerySet(models.QuerySet):
    """Credits, by who may read them."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """What people agreed to is everybody's where the product is; what is not agreed to is its makers', and its editors'."""
        from products.models import Product  # deferred: the models take their querysets from here

        seen = Q(product__in=Product.objects.visible_to(user).values("pk"))
        if not is_let_in(user):
            return self.named().filter(seen)
        makers = Q(person=user.pk) | Q(_is_author(user)) | Q(is_editor(user))
        return self.filter(seen & (Q(agreed_at__isnull=False, withdrawn_at=None) | makers))

    def named(self) -> Self:
        """Those of people who agreed to be named, and still do."""
        return self.filter(agreed_at__isnull=False, withdrawn_at=None)

    def authors(self) -> Self:
        return self.filter(role="author")


class AuthorInvitationQuerySet(models.QuerySet):
    """Invitations to write, or to be named."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Whoever is asked, and those who write the product: its authors, the people of its space, its editors."""
        from products.models import Edition  # deferred: likewise

        if not is_let_in(user):
            return self.none()
        followed = Edition.objects.followed_by(user).values("product")
        return self.filter(Q(person=user.pk) | Q(product__in=followed))

    def to(self, user: User | AnonymousUser) -> Self:
        """Those that `user` is asked and has not answered."""
        return self.filter(person=user.pk, status="asked")


def _is_author(user: Any) -> Exists:
    from products.models import Credit  # deferred: likewise

    return Exists(Credit.objects.filter(product=OuterRef("product"), person=user.pk, role="author"))
