"""Who reads what members say of resources, and which links are broken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from ambassadors.querysets import who_are_members
from discussions.querysets.spaces import is_let_in
from products.querysets.duties import is_editor

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User


class ResourceUseQuerySet(models.QuerySet):
    """What members find useful."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Members read what members say; everybody else what its writer agreed to. Of a former member nobody reads anything."""
        from products.models import Product  # deferred: the models take their querysets from here

        seen = self.filter(who_are_members("person__"), product__in=Product.objects.visible_to(user).values("pk"))
        return seen if is_let_in(user) else seen.filter(is_public=True)


class LinkCheckQuerySet(models.QuerySet):
    """What links led to."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Editors, who mend them."""
        return self.filter(is_editor(user)) if is_let_in(user) else self.none()

    def broken(self) -> Self:
        """Links of what is out that lead nowhere, since the longest first."""
        out = Q(edition__status="published", url=F("edition__link"))
        return self.filter(out, failing_since__isnull=False).order_by("failing_since", "pk")
