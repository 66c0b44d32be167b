"""Builders for rounds in which one side does not know the other."""

from __future__ import annotations

from datetime import date

from ambassadors.models import User
from products.models import Edition, Review, ReviewRound
from tests import make
from tests.products import making

FUTURE = date(2099, 1, 1)


def a_round(edition: Edition, *reviewers: User, **fields) -> ReviewRound:
    """An open round in which these people have agreed to review."""
    common = {"edition": edition, "number": 1, "revision": edition.revision, "due_on": FUTURE, "reviews_needed": 2}
    held = ReviewRound.objects.create(**common, **fields)
    for person in reviewers:
        Review.objects.create(round=held, reviewer=person, due_on=FUTURE, status="accepted")
    return held


def a_blind_review(writer: User, reviewer: User, **fields) -> Review:
    """A review in a round in which neither side learns who the other is."""
    held = a_round(making.submitted(writer, **fields), reviewer, is_anonymous=True, hides_authors=True)
    return held.reviews.select_related("reviewer", "round__edition__product__space").get()


def wilma() -> User:
    """Somebody who writes; made once."""
    return User.objects.filter(name="Wilma Writer").first() or make.ambassador("Wilma Writer")


def rae() -> User:
    """Somebody who reviews; made once."""
    return User.objects.filter(name="Rae Reviewer").first() or make.ambassador("Rae Reviewer")
