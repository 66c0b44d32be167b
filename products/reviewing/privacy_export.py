"""What an archive holds of reviews, and what erasing a person leaves of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from foundation.privacy_export import Record, Section, exempt, sections
from products.models import CommentAnswer, Decision, EditionComment, RelayMessage, Review, ReviewRound

if TYPE_CHECKING:
    from ambassadors.models import User


def what_they_reviewed(person: User) -> Iterable[Record]:
    """Their reviews and comments, what they asked, answered and decided."""
    for review in Review.objects.filter(reviewer=person).order_by("pk"):
        words = {name: getattr(review, name) for name in ("answers", "for_authors", "for_editors", "against", "interest")}
        state = {"status": review.status, "verdict": review.verdict, "openness": review.openness}
        yield (
            {
                "review asked at": review.invited_at,
                "in at": review.submitted_at,
                "no": review.decline_words,
                "instead": review.instead,
            }
            | state
            | words
        )
    for comment in EditionComment.objects.filter(by=person).order_by("pk"):
        yield {"comment": comment.words, "on": comment.quoted, "at": comment.at}
    for answer in CommentAnswer.objects.filter(by=person).order_by("pk"):
        yield {"answer to a comment": answer.words, "did": answer.did, "at": answer.at}
    for message in RelayMessage.objects.filter(by=person).order_by("pk"):
        yield {"passed on": message.words, "at": message.at}
    for decision in Decision.objects.filter(by=person).order_by("pk"):
        yield {"decided": decision.step, "note": decision.note, "at": decision.at}
    for opened in ReviewRound.objects.filter(opened_by=person).order_by("pk"):
        yield {"round you opened": opened.number, "note": opened.note, "at": opened.opened_at}


def leave_the_reviews(person: User) -> None:
    """What they began and did not send goes; what they gave stays, without their name."""
    Review.objects.filter(reviewer=person).exclude(status="submitted").delete()
    Review.objects.filter(reviewer=person).update(reviewer=None, interest="", decline_words="", instead="", reasons=[])
    Review.objects.filter(invited_by=person).update(invited_by=None)
    for model in (EditionComment, CommentAnswer, RelayMessage, Decision):
        model._base_manager.filter(by=person).update(by=None)
    ReviewRound.objects.filter(opened_by=person).update(opened_by=None)


sections.add(
    "reviews",
    Section(
        _("Reviews"),
        what_they_reviewed,
        leave_the_reviews,
        weight=18,
        models=(
            "products.CommentAnswer",
            "products.Decision",
            "products.EditionComment",
            "products.RelayMessage",
            "products.Review",
            "products.ReviewRound",
        ),
        text=_("What you said about the work of others, as you said it."),
    ),
)
exempt.add("products.ReviewCriterion", "the form that reviewers fill in")
