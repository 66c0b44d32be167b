"""What of peer review stands in the way: comments without an answer, reviews that are not in, a text that changed since."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from products.models import Edition, EditionComment, KindRules, ReviewRound
from products.road.obstacles import Reason, checks


def from_reviews(edition: Edition, step: str) -> Iterator[str]:
    """Nothing is decided before the reviews are in, and nothing is handed in again before each comment has its answer."""
    place = [edition.product.slug, edition.number]
    if step == "submit":
        url = reverse("products:comment-list", args=place)
        yield from (Reason(sentence, url) for sentence in _without_answer(edition))
    elif step == "decide":
        url = reverse("products:round-detail", args=place)
        yield from (Reason(sentence, url) for sentence in _not_reviewed(edition))


def _without_answer(edition: Edition) -> Iterator[str]:
    number = unanswered(edition)
    if number:
        said = ngettext(
            "One comment of a reviewer has no answer yet: say what you did about it.",
            "%(number)d comments of reviewers have no answer yet: say what you did about each.",
            number,
        )
        yield said % {"number": number}


def unanswered(edition: Edition) -> int:
    """How many comments of reviewers wait for a word of the authors."""
    said = EditionComment.objects.filter(edition=edition, review__status="submitted", withdrawn_at=None, answer=None)
    return said.filter(review__round__closed_at__isnull=False).count()


def _not_reviewed(edition: Edition) -> Iterator[str]:
    last = ReviewRound.objects.filter(edition=edition).order_by("-number").first()  # unscoped: asked for the edition, whoever looks
    usual = KindRules.of(edition.product.kind).reviews_needed
    if last is None:
        if usual:
            yield ngettext("It needs %(number)d review: open a round.", "It needs %(number)d reviews: open a round.", usual) % {
                "number": usual
            }
        return
    if last.revision != edition.revision:
        yield _("The text has changed since it was reviewed: open another round.")
    yield from _missing(last)


def _missing(last: ReviewRound) -> Iterator[str]:
    number = last.reviews_needed - last.reviews.submitted().count()
    if number > 0:
        yield ngettext("%(number)d review is missing.", "%(number)d reviews are missing.", number) % {"number": number}
    if last.reviews.filter(is_required=True).exclude(status="submitted").exists():
        yield _("A review is missing without which nothing is decided.")


checks.add("reviews", from_reviews)
