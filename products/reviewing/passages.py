"""What reviewers say, as authors and editors read it: each review, and each comment where its passage stands now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from foundation.footnotes import MARKER
from products.models import CommentAnswer, Edition, EditionComment, EditionPart, Review
from products.reviewing.anchors import Anchor, Found, Passage, Where, find, passages_of
from products.reviewing.page import Said, said_by
from products.reviewing.secrecy import Naming, Reader, reader_of

if TYPE_CHECKING:
    from ambassadors.models import User

WHERE = {
    Where.MOVED: _("It stands elsewhere now."),
    Where.CHANGED: _("This passage has changed since."),
    Where.GONE: _("This passage is not in the text any more."),
}


@dataclass(frozen=True)
class Point:
    """One comment, the passage that it was said of, and the passage as it is now."""

    pk: int
    name: str
    words: str
    quoted: str
    where: str
    part: str
    now: str
    note: str
    answer: CommentAnswer | None

    @property
    def is_changed(self) -> bool:
        """Whether the words that it was said of stand there no more."""
        return self.where in {Where.CHANGED, Where.GONE}


@dataclass(frozen=True)
class RoundSaid:
    """What was said in one round."""

    number: int
    reviews: list[Said]
    points: list[Point]


def rounds_said(edition: Edition, user: User) -> list[RoundSaid]:
    """What `user` may read of the reviews of an edition, the latest round first."""
    reader = reader_of(user, edition)
    reviews = Review.objects.visible_to(user).submitted().filter(round__edition=edition)
    rows = list(reviews.select_related("round__edition__product", "reviewer").order_by("-round__number", "submitted_at", "pk"))
    comments = EditionComment.objects.visible_to(user).filter(review__in=[one.pk for one in rows])
    said = list(comments.select_related("answer", "review").order_by("at", "pk"))
    passages = passages_now(edition)
    numbers = list(dict.fromkeys(one.round.number for one in rows))
    return [_round(number, [one for one in rows if one.round.number == number], said, reader, passages) for number in numbers]


def passages_now(edition: Edition) -> list[Passage]:
    """The passages of an edition as it is now."""
    rows = EditionPart.objects.filter(edition=edition).order_by("position", "pk")  # unscoped: the caller reads the edition
    return passages_of(rows.values_list("slug", "body"))


def _round(number: int, reviews: list[Review], said: list[EditionComment], reader: Reader, passages: list[Passage]) -> RoundSaid:
    naming = Naming(reviews[0].round, reader)
    called = {one.pk: str(naming.reviewer(one)) for one in reviews}
    order = {passage.block: place for place, passage in enumerate(passages)}
    points = [_point(one, called[one.review_id], passages) for one in said if one.review_id in called]
    points.sort(key=lambda one: order.get(one[0], -1))
    is_editor = reader.standing.value == "editor"
    return RoundSaid(number, [said_by(one, naming, for_editor=is_editor) for one in reviews], [point for _block, point in points])


def _point(one: EditionComment, name: str, passages: list[Passage]) -> tuple[str, Point]:
    found: Found = find(Anchor(one.part, one.block, one.quoted, one.before, one.after), passages)
    passage = found.passage
    shown = MARKER.sub("", passage.text) if passage is not None and passage.text != one.quoted else ""
    note = str(WHERE.get(found.where, ""))
    answer = getattr(one, "answer", None)
    block = passage.block if passage else one.block
    return block, Point(
        one.pk, name, one.words, one.quoted, found.where, passage.part if passage else one.part, shown, note, answer
    )
