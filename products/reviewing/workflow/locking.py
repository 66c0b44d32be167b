"""The rows that a change of a review is made on, read again under the lock of their product."""

from __future__ import annotations

from products.models import Edition, EditionComment, Product, Review, ReviewRound


def lock_product(product_pk: int) -> Product:
    """Hold the product: steps of its road, reviews of its editions and answers to them come one after the other."""
    return Product.objects.select_for_update(of=("self",), no_key=True).select_related("space").get(pk=product_pk)


def held_edition(edition: Edition) -> Edition:
    """The edition as it is now, under the lock."""
    lock_product(edition.product_id)
    return Edition.objects.select_related("product__space").get(pk=edition.pk)


def held_round(opened: ReviewRound) -> ReviewRound:
    """The round as it is now, under the lock."""
    lock_product(opened.edition.product_id)
    return ReviewRound.objects.select_related("edition__product__space", "edition__product__editor").get(pk=opened.pk)


def held_review(review: Review) -> Review:
    """The review as it is now, under the lock."""
    lock_product(review.round.edition.product_id)
    beside = ("reviewer", "invited_by", "round__edition__product__space", "round__edition__product__editor")
    return Review.objects.select_related(*beside).get(pk=review.pk)


def held_comment(comment: EditionComment) -> EditionComment:
    """The comment as it is now, under the lock."""
    lock_product(comment.edition.product_id)
    return EditionComment.objects.select_related("edition__product__space", "review__round", "by").get(pk=comment.pk)
