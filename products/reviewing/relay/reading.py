"""The questions of a round as one of its sides reads them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from products.models import RelayMessage, Review
from products.reviewing import secrecy
from products.reviewing.relay import workflow
from products.reviewing.relay.forms import QuestionForm
from products.reviewing.secrecy import Called, Naming, Reader

if TYPE_CHECKING:
    from datetime import datetime

    from ambassadors.models import User
    from products.models import Edition


@dataclass(frozen=True)
class Said:
    """One message, and who said it as its reader knows them."""

    by: Called
    words: str
    at: datetime
    is_own: bool


@dataclass(frozen=True)
class Talk:
    """What was asked and answered about one review. Without a form its reader does not ask."""

    review: Review
    called: Called
    round_number: int
    messages: list[Said]
    form: QuestionForm | None


def talks_of(edition: Edition, user: User, reader: Reader, wrong: dict[int, QuestionForm] | None = None) -> list[Talk]:
    """All about an edition, for the authors and for editors: of each review with which something was asked, or can be."""
    rows = RelayMessage.objects.visible_to(user).filter(review__round__edition=edition)
    asked: dict[int, list[RelayMessage]] = {}
    for message in rows.select_related("by").order_by("at", "pk"):
        asked.setdefault(message.review_id, []).append(message)
    reviews = _talked_about(edition, user, list(asked))
    names = {review.round_id: Naming(review.round, reader) for review in reviews}
    writes = bool(reviews) and workflow.writes(user, reviews[0])
    return [
        Talk(
            one,
            names[one.round_id].reviewer(one),
            one.round.number,
            said,
            _form(one, said, (wrong or {}).get(one.pk)) if writes else None,
        )
        for one in reviews
        for said in [[_said(message, one, names[one.round_id], user) for message in asked.get(one.pk, [])]]
    ]


def talk_of(review: Review, wrong: QuestionForm | None = None) -> Talk:
    """What one reviewer asked and was answered."""
    assert review.reviewer is not None  # noqa: S101  it is the reviewer who reads
    naming = Naming(review.round, secrecy.reviewer(review))
    said = [_said(one, review, naming, review.reviewer) for one in workflow.messages_of(review.reviewer, review)]
    form = (wrong or _new_form(review)) if workflow.is_open(review) else None
    return Talk(review, naming.reviewer(review), review.round.number, said, form)


def _talked_about(edition: Edition, user: User, asked: list[int]) -> list[Review]:
    """The reviews about which something was passed on, and those that authors have read and can ask about."""
    read = Review.objects.visible_to(user).filter(status="submitted", round__closed_at__isnull=False)
    rows = Review.objects.filter(Q(pk__in=asked) | Q(pk__in=read.values("pk")), round__edition=edition)  # unscoped: both are theirs
    return list(rows.select_related("reviewer", "round__edition__product__space").order_by("round", "pk"))


def _form(review: Review, said: list[Said], wrong: QuestionForm | None) -> QuestionForm | None:
    """Of `workflow.may_pass_on` what is not asked for all reviews at once."""
    has_read = review.status == Review.Status.SUBMITTED and review.round.closed_at is not None
    return (wrong or _new_form(review)) if workflow.is_open(review) and (has_read or said) else None


def _new_form(review: Review) -> QuestionForm:
    return QuestionForm(auto_id=f"id_{review.pk}_%s")


def _said(message: RelayMessage, review: Review, naming: Naming, user: User) -> Said:
    by = naming.reviewer(review) if message.from_reviewer else naming.one_author(message.by)
    return Said(by, message.words, message.at, message.by_id == user.pk)
