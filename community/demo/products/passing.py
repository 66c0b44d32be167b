"""Time that passes: what was just done was done some days ago, and everything that hangs on it as well."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import F

from products.models import (
    CommentAnswer,
    CommunityReview,
    Credit,
    Decision,
    Edition,
    EditionComment,
    EditionFile,
    EditionRevision,
    Opinion,
    Product,
    Review,
    ReviewRound,
)

DATED: dict[type[models.Model], str] = {
    Product: "pk",
    Credit: "product",
    Edition: "product",
    EditionRevision: "edition__product",
    EditionFile: "edition__product",
    ReviewRound: "edition__product",
    Review: "round__edition__product",
    EditionComment: "edition__product",
    CommentAnswer: "comment__edition__product",
    Decision: "edition__product",
    CommunityReview: "edition__product",
    Opinion: "window__edition__product",
}


def pass_days(product: Product, days: float) -> None:
    """Move every day and moment of a product back by `days`."""
    for model, path in DATED.items():
        fields = [field.name for field in model._meta.concrete_fields if isinstance(field, models.DateField)]
        back: dict[str, Any] = {name: F(name) - timedelta(days=days) for name in fields}
        model._default_manager.filter(**{path: product.pk}).update(**back)
