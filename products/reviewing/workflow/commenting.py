"""Comments on passages: a reviewer's as part of their review, an advisor's on a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.models import Via
from foundation.workflow import TransitionRefused, record
from products import rules
from products.models import Edition, EditionComment, EditionPart, Review
from products.reviewing.anchors import Anchor, anchor_to, passages_of
from products.reviewing.moves import ACCEPT, is_theirs, make
from products.reviewing.workflow.locking import held_comment, held_edition, held_review
from products.reviewing.workflow.writing import may_be_written

if TYPE_CHECKING:
    from ambassadors.models import User


@transaction.atomic
def comment(
    review: Review, *, by: User, words: str, part: str = "", block: str = "", quoted: str = "", via: Via = Via.WEB
) -> EditionComment:
    """Say something about a passage of what one reviews, or (without a block) about the whole. Nobody reads it before the review is in.

    Raises PermissionDenied, TransitionRefused where the review is over, ValidationError without words or for a passage that is not there.
    """
    held = held_review(review)
    if not is_theirs(by, held):
        raise PermissionDenied("not theirs to review")
    may_be_written(held)
    edition = held.round.edition
    made = _comment(edition, _anchor(edition, part, block, quoted), by=by, words=words, via=via, review=held)
    if held.status == Review.Status.INVITED:
        make(ACCEPT, held, by=by, via=via, answered_at=timezone.now())
    return made


@transaction.atomic
def comment_on_draft(
    edition: Edition, *, by: User, words: str, part: str = "", block: str = "", quoted: str = "", via: Via = Via.WEB
) -> EditionComment:
    """The same of somebody who reads a draft with its writers (an advisor of its space, a co-author)."""
    held = held_edition(edition)
    if not rules.comments(by, held.product):
        raise PermissionDenied("not theirs to comment on")
    if not held.can_be_written:
        raise TransitionRefused(f"{held} is not written at the moment")
    return _comment(held, _anchor(held, part, block, quoted), by=by, words=words, via=via)


@transaction.atomic
def change_comment(comment: EditionComment, *, by: User, words: str, via: Via = Via.WEB) -> EditionComment:
    """Say it in other words, for as long as nobody but its writer has read it; on a draft, for as long as nobody has answered."""
    held = _own(comment, by)
    held.words = words.strip()
    held.full_clean(exclude=["edition", "review", "by"])
    held.save(update_fields=["words"])
    record("changed a comment", held, by=by, via=via)
    return held


@transaction.atomic
def withdraw_comment(comment: EditionComment, *, by: User, via: Via = Via.WEB) -> EditionComment:
    """Take it back, under the same condition."""
    held = _own(comment, by)
    EditionComment.objects.filter(pk=held.pk).update(withdrawn_at=timezone.now())
    held.refresh_from_db(fields=["withdrawn_at"])
    record("took a comment back", held, by=by, via=via)
    return held


def _own(comment: EditionComment, by: User) -> EditionComment:
    held = held_comment(comment)
    if held.by_id != by.pk or not by.is_member:
        raise PermissionDenied("not theirs")
    if held.withdrawn_at is not None or hasattr(held, "answer") or (held.review is not None and not held.review.is_open):
        raise TransitionRefused(f"{held} stands as it is")
    return held


def _anchor(edition: Edition, part: str, block: str, quoted: str) -> Anchor:
    if not block:
        return Anchor()
    rows = EditionPart.objects.filter(edition=edition, slug=part).values_list("slug", "body")  # unscoped: the caller has asked
    found = anchor_to(passages_of(rows), part, block, quoted)
    if found is None:
        raise ValidationError({"block": _("This passage is not in the text any more. Choose another one.")})
    return found


def _comment(edition: Edition, anchor: Anchor, *, by: User, words: str, via: Via, review: Review | None = None) -> EditionComment:
    held = {"part": anchor.part, "block": anchor.block, "quoted": anchor.quoted, "before": anchor.before, "after": anchor.after}
    made = EditionComment(edition=edition, review=review, by=by, revision=edition.revision, words=words.strip(), via=via, **held)
    made.full_clean(exclude=["edition", "review", "by"])
    made.save(force_insert=True)
    return made
