"""What the demo's reviewers and members say, by the functions that a page and a mail call."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from ambassadors.models import User
from community.demo.products.told import called, told
from community.demo.products.writing import author_of
from products.models import Edition, EditionComment, Review, ReviewCriterion, ReviewRound
from products.reviewing import workflow
from products.reviewing.anchors import passages_of
from products.reviewing.relay import workflow as relay
from products.window import workflow as window

DUE = 14
AGREED = "Asked by telephone beforehand: one more this month is fine."


def opened_round(edition: Edition, key: str, editor: User) -> ReviewRound:
    """A round for which everybody of the entry is asked."""
    said = told("reviews")[key]
    opened = workflow.open_round(
        edition,
        by=editor,
        revision=edition.revision,
        note=said["note"],
        is_anonymous=said.get("anonymous", False),
        due_on=timezone.localdate() + timedelta(days=DUE),
    )
    for one in said["reviews"]:
        speaks_for = edition.product.readership if one.get("speaks") else None
        workflow.invite(
            opened, called(one["by"]), by=editor, despite=AGREED, speaks_for=speaks_for, is_required=one.get("speaks", False)
        )
    return opened


def handed_in(opened: ReviewRound, key: str) -> None:
    """Everybody of the entry writes what they think, and hands it in."""
    for one in told("reviews")[key]["reviews"]:
        review = Review.objects.select_related("reviewer").get(round=opened, reviewer__name=one["by"])
        write(review, one)
        workflow.submit_review(review, by=called(one["by"]))


def write(review: Review, one: dict[str, Any]) -> None:
    """One reviewer's words: to the authors, what speaks against it, marks, and comments on passages."""
    by = called(one["by"])
    workflow.save_review(
        review,
        by=by,
        answers=_marks(review, one.get("marks", [])),
        for_authors=one.get("authors", ""),
        for_editors=one.get("editors", ""),
        against=one.get("against", ""),
        has_interest=bool(one.get("interest")),
        interest=one.get("interest", ""),
        verdict=one.get("verdict", ""),
        openness=one.get("open", "editors"),
    )
    for said in one.get("comments", []):
        passage = _passage(review.round.edition, said["at"])
        workflow.comment(review, by=by, words=said["words"], part=passage.part, block=passage.block, quoted=said["at"])


def asked(opened: ReviewRound, key: str, author: User) -> None:
    """A reviewer asks the author something, and is answered; neither is named."""
    for said in told("reviews")[key]["questions"]:
        review = Review.objects.get(round=opened, reviewer__name=said["by"])
        relay.pass_on(review, by=called(said["by"]), words=said["asks"])
        relay.pass_on(review, by=author, words=said["answer"])


def answered(edition: Edition, key: str, by: User) -> None:
    """The author answers some of the comments, point by point."""
    for said in told("reviews")[key]["answers"]:
        comment = EditionComment.objects.get(edition=edition, words__startswith=said["at"])
        workflow.answer_comment(comment, by=by, did=said["did"], words=said["words"])


def _marks(review: Review, marks: list[int]) -> dict[str, Any]:
    """A mark for each question that wants one, round and round."""
    asked = [one for one in ReviewCriterion.objects.asked(review.round.edition.product.kind) if one.is_rated]
    return {str(one.pk): {"mark": marks[place % len(marks)]} for place, one in enumerate(asked) if marks}


def _passage(edition: Edition, words: str) -> Any:
    found = passages_of(edition.parts.values_list("slug", "body"))
    return next(passage for passage in found if words in passage.text)


def spoken(edition: Edition, key: str) -> None:
    """What members say before it is public, and what its author answers."""
    for said in told("reviews")["opinions"]:
        if said["of"] == key:
            opinion = window.speak(edition, kind=said["kind"], words=said["words"], by=called(said["by"]))
            if "answer" in said:
                window.answer(opinion, said["answer"], by=author_of(edition), revision=opinion.revision)
