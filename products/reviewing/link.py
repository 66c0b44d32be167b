"""The link in a reviewer's mail: it opens that one review and nothing else, as often as needed, and never a session.

It works while the review is asked, agreed or in, its round is open and its reviewer a member; it ends with any of them. What an answer by
mail may do hangs on the same (`is_alive`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse

from correspondence.models import ReplyAddress
from foundation import tokens
from products.models import Review
from products.querysets.reviews import LIVE

if TYPE_CHECKING:
    from ambassadors.models import User
    from foundation.models import Token

DOOR = "review"  # the address to which a reviewer answers by mail
RELAY = "relay"  # the address by which a reviewer and the authors ask each other


def is_alive(review: Review) -> bool:
    """Whether somebody who is not signed in may still read, and as long as it is open write, this review."""
    person, held = review.reviewer, review.round
    return bool(review.status in LIVE and held.closed_at is None and person is not None and person.is_member)


def _opens_something(token: Token) -> bool:
    review = token.subject
    return isinstance(review, Review) and review.reviewer_id == token.person_id and is_alive(review)


REVIEW_LINK = tokens.Purpose("review", alive=_opens_something)


def link_for(review: Review, *, by: User | None = None) -> Token:
    """Return the token of a review's link, the one that was mailed before where there is one: a reminder does not close the first mail's."""
    open_ones = tokens.open_ones(REVIEW_LINK, review).filter(person=review.reviewer)
    return open_ones.first() or tokens.issue(REVIEW_LINK, subject=review, person=review.reviewer, by=by)


def review_of(text: str) -> Review:
    """Return the review that a link opens; raises TokenRefused."""
    review = tokens.find(REVIEW_LINK, text).subject
    assert isinstance(review, Review)  # noqa: S101  the purpose has looked
    return review


def url_of(token: Token) -> str:
    """The link itself, for a mail."""
    return settings.SITE_URL + reverse("products:review-link", args=[tokens.text_of(token)])


def answer_address(review: Review) -> ReplyAddress:
    """Where the reviewer's answer by mail goes."""
    assert review.reviewer is not None  # noqa: S101  who is gone is not written to
    return ReplyAddress.objects.of(DOOR, review.reviewer, review)
