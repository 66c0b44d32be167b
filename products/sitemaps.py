"""Products that are out, and the pillars they belong to."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from foundation.models import Pillar
from foundation.sitemaps import Section, sections
from products.models import Edition


@sections.register("products")
class ProductsSection(Section):
    """Each product at its own address; editions are found from there."""

    def items(self) -> Any:
        return Edition.objects.visible_to(AnonymousUser()).current().select_related("product").order_by("pk")

    def location(self, item: Any) -> str:
        return str(item.product.get_absolute_url())

    def lastmod(self, item: Any) -> datetime:
        published: datetime = item.published_at
        return published


@sections.register("pillars")
class PillarsSection(Section):
    """The parts of the framework."""

    def items(self) -> Any:
        return Pillar.objects.offered()  # unscoped: the framework is public

    def location(self, item: Any) -> str:
        return reverse("products:pillar-detail", args=[item.slug])
