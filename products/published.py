"""What visitors see of products. Each step of an edition that is out, or goes out, writes history; a saved draft turns no page over."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.db.models.signals import post_delete, post_save

from foundation.publication import publication_changed, watch, watch_where
from products.models import Credit, Edition, EditionFile, PillarAddress, Product, ProductAddress, Readership, Reading


def _is_known(product: Product) -> bool:
    """Whether the public knows of it."""
    return Product.objects.came_out().filter(pk=product.pk).exists()


def _came_out(edition: Edition) -> bool:
    return Edition.objects.filter(Q(published_at__isnull=False), pk=edition.pk).exists()


def _belongs_to_one(row: Any) -> bool:
    product = row.edition.product_id if isinstance(row, EditionFile) else row.product_id
    return Product.objects.came_out().filter(pk=product).exists()


def _changed(sender: Any, instance: Any, **_signal: Any) -> None:
    if _belongs_to_one(instance):
        publication_changed()


for model in (PillarAddress, ProductAddress, Reading, Readership):
    watch(model)
watch_where(Edition, _came_out)
watch_where(Product, _is_known)
for part in (Credit, EditionFile):
    watch_where(part, _belongs_to_one)
    post_save.connect(_changed, sender=part, dispatch_uid="products published")
    post_delete.connect(_changed, sender=part, dispatch_uid="products published")
