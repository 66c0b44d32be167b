"""Who is named in an edition today: a print that names anybody else is given to nobody."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from products.models import Credit, Edition, Review


def names_marks(editions: Iterable[Edition]) -> dict[int, str]:
    """Return a mark of the names in each of some editions, by their keys: other names have another. Two queries."""
    held = list(editions)
    credits_: dict[int, list[str]] = {}
    named = Credit.objects.named().filter(product__in=[one.product_id for one in held]).order_by("role", "position", "pk")
    for product, *card in named.values_list("product", "role", "name", "title", "tagline"):
        credits_.setdefault(product, []).append("\x1f".join(card))
    reviewers = _reviewers(held)
    return {one.pk: _mark(credits_.get(one.product_id, []) + reviewers.get(one.pk, [])) for one in held}


def _reviewers(editions: list[Edition]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    open_ones = Review.objects.submitted().filter(
        round__edition__in=editions, round__is_anonymous=False, openness=Review.Openness.PUBLIC, reviewer__isnull=False
    )
    for edition, name in open_ones.order_by("pk").values_list("round__edition", "reviewer__name"):
        found.setdefault(edition, []).append(name)
    return found


def _mark(names: list[str]) -> str:
    return hashlib.blake2s("\x1e".join(names).encode(), digest_size=16).hexdigest()
