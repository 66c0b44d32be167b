"""Canaries in products: a draft is its makers', a review its reviewer's and then its editors', what is out is everybody's."""

from __future__ import annotations

from datetime import date

from products.drafting import naming
from products.drafting import workflow as drafting
from products.models import (
    CommentAnswer,
    Credit,
    Decision,
    EditionComment,
    RelayMessage,
    Review,
    ReviewCriterion,
    ReviewRound,
)
from tests import make
from tests.leaks import TEAM, Garden
from tests.products import making, resources_canaries, window_canaries

FUTURE = date(2099, 1, 1)


def plant(garden: Garden) -> None:
    a_draft(garden)
    a_review(garden)
    resources_canaries.plant(garden)
    window_canaries.plant(garden)


def a_draft(garden: Garden) -> None:
    note = garden.canary("products.EditionRevision.note", "ambassador")
    draft = making.draft(garden.cast.ambassador, title=garden.canary("products.EditionRevision.content", "ambassador"))
    drafting.save_edition(draft, by=garden.cast.ambassador, revision=draft.revision, note=note, summary="Six clubs, seven ways.")
    Credit.objects.filter(product=draft.product).update(agreed_to=garden.canary("products.Credit.agreed_to"))
    writer = make.ambassador("Wanda Writer")
    theirs = making.draft(writer, title="What the summer cost")
    naming.invite(
        theirs.product, garden.cast.ambassador, by=writer, words=garden.canary("products.AuthorInvitation.words", "ambassador")
    )


def a_review(garden: Garden) -> None:
    """Of an edition that somebody else wrote, by somebody else: none of the cast takes part."""
    edition = making.submitted(make.ambassador("Wren Writer"), title="What the winter taught us")

    def words(model: str, *names: str) -> dict[str, str]:
        return {name: garden.canary(f"products.{model}.{name}") for name in names}

    opened = ReviewRound.objects.create(
        edition=edition,
        number=1,
        revision=edition.revision,
        due_on=FUTURE,
        reviews_needed=1,
        **words("ReviewRound", "note", "needs_fewer_because"),
    )
    said = words("Review", "note", "decline_words", "instead", "for_authors", "for_editors", "against", "interest")
    reviewer, answers = make.ambassador("Rae Reviewer"), {"1": {"words": garden.canary("products.Review.answers")}}
    reasons = [garden.canary("products.Review.reasons")]
    review = Review.objects.create(round=opened, reviewer=reviewer, due_on=FUTURE, reasons=reasons, answers=answers, **said)
    said = words("EditionComment", "part", "block", "quoted", "before", "after", "words")
    comment = EditionComment.objects.create(edition=edition, review=review, by=reviewer, revision=edition.revision, **said)
    CommentAnswer.objects.create(comment=comment, did="kept", **words("CommentAnswer", "words"))
    RelayMessage.objects.create(review=review, from_reviewer=True, by=reviewer, **words("RelayMessage", "words"))
    Decision.objects.create(edition=edition, revision=1, **words("Decision", "step", "note"))
    asked = {name: garden.canary(f"products.ReviewCriterion.{name}", *TEAM) for name in ("question", "help_text")}
    ReviewCriterion.objects.create(kind="article", **asked)
