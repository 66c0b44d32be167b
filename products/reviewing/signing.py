"""Whether a review says who wrote it, to readers who are not to know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from foundation.secret_names import held_in
from products.models import EditionComment
from products.reviewing import secrecy

if TYPE_CHECKING:
    from products.models import Review


def names_oneself(review: Review) -> dict[str, list[str]]:
    """Return by field what of a review in an anonymous round holds its reviewer's name; comments are said under `for_authors`."""
    if not review.round.is_anonymous or review.reviewer is None:
        return {}
    names = secrecy.names_of([review.reviewer])
    texts = {"for_authors": [review.for_authors, *_comments(review)], "against": [review.against]}
    texts |= {f"answer-{key}": [said.get("words", "")] for key, said in review.answers.items()}
    found = {name: next((held[0] for text in some if (held := held_in(text, names))), "") for name, some in texts.items()}
    sentence = _(
        "Your name stands here or in one of your comments (“%(name)s”), and the authors are not to know it: say it without."
    )
    return {name: [sentence % {"name": held}] for name, held in found.items() if held}


def _comments(review: Review) -> list[str]:
    rows = EditionComment.objects.filter(review=review, withdrawn_at=None)  # unscoped: of the review that is being handed in
    return list(rows.values_list("words", flat=True))
