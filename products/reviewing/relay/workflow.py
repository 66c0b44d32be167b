"""Questions between a reviewer and the authors, passed on without a name where the round hides it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ambassadors.models import User
from correspondence import outbox
from foundation.models import Via
from foundation.workflow import TransitionRefused, record
from products import rules
from products.models import RelayMessage, Review
from products.querysets.editions import ON_THE_ROAD
from products.querysets.reviews import LIVE
from products.reviewing import secrecy
from products.reviewing.secrecy import Reader, Standing

if TYPE_CHECKING:
    from django.db.models import QuerySet

MOST_A_DAY = 10
DAY = timedelta(days=1)


@transaction.atomic
def pass_on(review: Review, *, by: User, words: str, via: Via = Via.WEB) -> RelayMessage:
    """Pass a question, or the answer to one, to the other side of a review, and mail it.

    Raises PermissionDenied where `by` is on neither side, TransitionRefused once the text is out or the review is over, ValidationError
    without words, for words that name somebody who is not to be known, and for more than the other side can bear on one day.
    """
    # Held, so that somebody who presses twice is counted twice.
    Review.objects.select_for_update(of=("self",), no_key=True).get(pk=review.pk)
    held = Review.objects.select_related("reviewer", "round__edition__product__space").get(pk=review.pk)
    from_reviewer = by.pk == held.reviewer_id
    if not may_pass_on(by, held):
        raise PermissionDenied("not theirs to ask")
    if not is_open(held):
        raise TransitionRefused(f"{held} takes no questions any more")
    message = RelayMessage(review=held, from_reviewer=from_reviewer, by=by, words=words.strip(), via=via)
    message.full_clean(exclude=["review", "by"])
    _may_be_said(message)
    message.save(force_insert=True)
    record("passed a question on", held, by=by, via=via)
    for person in readers_of(message):
        outbox.post("review_question", person, key=f"review-question:{message.pk}:{person.pk}", message=message.pk)
    return message


def may_pass_on(user: User, review: Review) -> bool:
    """Its reviewer; and of those who write whoever was asked something by them, or has read their review."""
    if user.pk == review.reviewer_id:
        return bool(user.is_member)
    if not writes(user, review):
        return False
    has_read = review.status == Review.Status.SUBMITTED and review.round.closed_at is not None
    return has_read or RelayMessage.objects.filter(review=review, from_reviewer=True).exists()  # unscoped: yes or no, to its author


def writes(user: User, review: Review) -> bool:
    """Whether somebody is on the authors' side: an editor who writes nothing is not."""
    edition = review.round.edition
    is_author = secrecy.reader_of(user, edition).standing is Standing.AUTHOR
    return is_author and rules.writes(user, edition.product)


def is_open(review: Review) -> bool:
    """Whether the two can still ask each other: until it is out."""
    return review.status in LIVE and review.round.edition.status in ON_THE_ROAD


def readers_of(message: RelayMessage) -> list[User]:
    """Whoever gets it: the reviewer, or all authors."""
    if not message.from_reviewer:
        return [message.review.reviewer] if message.review.reviewer is not None else []
    authors = secrecy.authors_of(message.review.round.edition)
    return [credit.person for credit in authors if credit.person is not None and credit.person_id != message.by_id]


def reader(person: User, review: Review) -> Reader:
    """As what one of the two sides reads."""
    if person.pk == review.reviewer_id:
        return secrecy.reviewer(review)
    return Reader(Standing.AUTHOR, person.pk)


def messages_of(user: User, review: Review) -> QuerySet[RelayMessage]:
    """What was passed on about one review, the oldest first."""
    return RelayMessage.objects.visible_to(user).filter(review=review).select_related("by")


def _may_be_said(message: RelayMessage) -> None:
    review = message.review
    other = Reader(Standing.AUTHOR, 0) if message.from_reviewer else secrecy.reviewer(review)
    named = secrecy.slips(message.words, other, review.round)
    if named:
        raise ValidationError(
            {"words": _("The other side is not to read this name: %(name)s. Say it without.") % {"name": named[0]}}
        )
    today = RelayMessage.objects.filter(review=review, from_reviewer=message.from_reviewer, at__gt=timezone.now() - DAY)
    if today.count() >= MOST_A_DAY:
        raise ValidationError({"words": _("That is enough for one day: let the other side answer first.")})
