"""Finding what an address speaks of, for whoever asks: 404 for what they may not know, 403 for what is not theirs to follow."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from products import rules
from products.models import Edition, Product

if TYPE_CHECKING:
    from ambassadors.models import User


def reader_of(request: HttpRequest) -> User:
    """The member who asks."""
    return cast("User", request.user)


def edition_of(request: HttpRequest, slug: str, number: int) -> Edition:
    """An edition of which the reader follows the making."""
    seen = Edition.objects.visible_to(request.user).select_related("product__space", "product__current")
    edition: Edition = get_object_or_404(seen, product__slug=slug, number=number)
    if not Edition.objects.followed_by(request.user).filter(pk=edition.pk).exists():
        raise PermissionDenied(_("How it came to be is for those who write it, and for the editors."))
    return edition


def edition_to_write(request: HttpRequest, slug: str, number: int) -> Edition:
    """An edition that the reader writes, whether or not its words may change now."""
    edition = edition_of(request, slug, number)
    if not rules.writes(reader_of(request), edition.product):
        raise PermissionDenied(_("You read it, and others write it. Tell them what you would change."))
    return edition


def product_of(request: HttpRequest, slug: str) -> Product:
    """A product of which the reader follows the making."""
    product: Product = get_object_or_404(Product.objects.visible_to(request.user).select_related("space", "newest"), slug=slug)
    if not Edition.objects.followed_by(request.user).filter(product=product).exists():
        raise PermissionDenied(_("How it came to be is for those who write it, and for the editors."))
    return product


def product_to_write(request: HttpRequest, slug: str) -> Product:
    """A product that the reader writes."""
    product = product_of(request, slug)
    if not rules.writes(reader_of(request), product):
        raise PermissionDenied(_("You read it, and others write it. Tell them what you would change."))
    return product
