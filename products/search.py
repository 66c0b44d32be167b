"""What can be found of products: what is out by everybody, what the whole community reads before by members; drafts by nobody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.dispatch import receiver
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from foundation import search
from foundation.audiences import Audience
from foundation.footnotes import without
from foundation.richtext import to_plain
from foundation.search import Searchable, SearchRow, searchables
from products.models import Edition, Product
from products.querysets.editions import BEFORE_ALL
from products.signals import edition_moved


def product_rows(product: Product) -> Iterator[SearchRow]:
    """The newest edition that is out for everybody, and for members the one that they read before it is."""
    editions = list(_all_editions(product))
    out = next((edition for edition in editions if edition.status == Edition.Status.PUBLISHED), None)
    before = next((edition for edition in editions if edition.status in BEFORE_ALL), None)
    if out is not None:
        yield _row(Audience.PUBLIC, product, out, product.get_absolute_url())
    if before is not None:
        yield _row(Audience.MEMBERS, product, before, _read_before(product))


def all_products() -> QuerySet:
    """What is indexed anew when all is."""
    return Product.objects.all()  # unscoped: the rows say for whom


def _all_editions(product: Product) -> QuerySet:
    editions = Edition.objects.filter(product=product)  # unscoped: each row says for whom it is
    return editions.prefetch_related("parts").order_by("-number")


def _row(audience: str, product: Product, edition: Edition, url: str) -> SearchRow:
    text = [edition.subtitle, edition.summary, *(f"{part.title}\n{to_plain(without(part.body))}" for part in edition.parts.all())]
    lead = str(product.get_kind_display())
    return SearchRow(
        audience, edition.title, "\n".join(filter(None, text)), url, lead=lead, at=edition.published_at or edition.status_since
    )


def _read_before(product: Product) -> str:
    try:
        return reverse("products:community-review-detail", args=[product.slug])
    except NoReverseMatch:
        return product.get_absolute_url()


@receiver(edition_moved, dispatch_uid="products search")
def index_again(sender: type[Edition], *, edition: Edition, **_moved: Any) -> None:
    """It goes out, comes before the community, or is no more what we say."""
    search.index(edition.product)


searchables.add("product", Searchable(_("Products"), Product, product_rows, all_products))
