"""Writing a review, and handing it in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from correspondence import outbox
from foundation.models import Via
from foundation.workflow import TransitionRefused
from products.models import Edition, Review, ReviewCriterion
from products.reviewing.moves import ACCEPT, SUBMIT, is_theirs, make
from products.reviewing.signing import names_oneself
from products.reviewing.workflow.locking import held_review

if TYPE_CHECKING:
    from ambassadors.models import User

TEXTS = ("for_authors", "for_editors", "against", "interest", "verdict", "openness", "has_interest")
ANSWER_ROOM = 5000
MARKS = range(1, 6)


@transaction.atomic
def save_review(
    review: Review,
    *,
    by: User,
    revision: int | None = None,
    answers: dict[str, Any] | None = None,
    via: Via = Via.WEB,
    **said: Any,
) -> Review:
    """Keep what the reviewer wrote so far: `said` by the names of `TEXTS`, `answers` by key of the question ({"mark": 4, "words": …}).

    Whoever writes has agreed to write. `revision` is that of the words which they had before them, None where nothing can have been read
    (a mail). Raises PermissionDenied, TransitionRefused where it is over or was saved elsewhere since, ValidationError for what is too long.
    """
    held = held_review(review)
    if not is_theirs(by, held):
        raise PermissionDenied("not theirs to write")
    may_be_written(held)
    if revision is not None and held.revision != revision:
        raise TransitionRefused(f"{held} has been saved elsewhere since")
    unknown = set(said) - set(TEXTS)
    if unknown:
        raise ValueError(f"a review has no {', '.join(sorted(unknown))}")
    for name, value in said.items():
        setattr(held, name, value)
    if answers is not None:
        held.answers = answers_kept(held, answers)
    held.revision, held.saved_at = held.revision + 1, timezone.now()
    held.full_clean(exclude=["round", "reviewer"], validate_unique=False, validate_constraints=False)
    held.save(update_fields=[*said, "answers", "revision", "saved_at"])
    if held.status == Review.Status.INVITED:
        make(ACCEPT, held, by=by, via=via, answered_at=timezone.now())
    return held


@transaction.atomic
def submit_review(review: Review, *, by: User, revision: int | None = None, via: Via = Via.WEB) -> Review:
    """Hand it in: from now on it is as it is, and its writer reads those of the others.

    Raises ValidationError with all that is missing, by field, TransitionRefused where it is over or was saved elsewhere since.
    """
    held = held_review(review)
    if not is_theirs(by, held):
        raise PermissionDenied("not theirs to hand in")
    may_be_written(held)
    if revision is not None and held.revision != revision:
        raise TransitionRefused(f"{held} has been saved elsewhere since")
    missing = what_is_missing(held) | names_oneself(held)
    if missing:
        raise ValidationError(missing)
    make(SUBMIT, held, by=by, via=via, submitted_at=timezone.now(), submitted_via=via)
    _tell_when_all_are_in(held)
    return held


def is_over(review: Review) -> bool:
    """Whether it can be written no more: handed in or ended, its round closed, or the edition not as it was when the round began."""
    opened = review.round
    moved_on = opened.edition.status != Edition.Status.IN_REVIEW or opened.edition.revision != opened.revision
    return not review.is_open or opened.closed_at is not None or moved_on


def may_be_written(review: Review) -> None:
    """Raise TransitionRefused where it is over."""
    if is_over(review):
        raise TransitionRefused(f"{review} is over")


def what_is_missing(review: Review) -> dict[str, list[str]]:
    """Return what a review lacks before it can be handed in, by field; `answers` are said by `answer-<key>`."""
    missing: dict[str, list[str]] = {}
    if not review.verdict:
        missing["verdict"] = [_("Say what you would do with it.")]
    if not review.against.strip():
        missing["against"] = [_("Say what speaks against it, even if it weighs little: it keeps all of us honest.")]
    if review.has_interest is None:
        missing["has_interest"] = [_("Say whether you have an interest in this.")]
    elif review.has_interest and not review.interest.strip():
        missing["interest"] = [_("Say which interest: having one does not make your view worth less, hiding it would.")]
    for criterion in ReviewCriterion.objects.asked(review.round.edition.product.kind):  # unscoped: the form of this review
        if criterion.is_rated and not review.answers.get(str(criterion.pk), {}).get("mark"):
            missing[f"answer-{criterion.pk}"] = [_("Give a mark from 1 to 5.")]
    return missing


def answers_kept(review: Review, answers: dict[str, Any]) -> dict[str, Any]:
    """Return answers as they are kept: to questions that are asked, the question's own words beside them, since it may be changed later."""
    kept: dict[str, Any] = {}
    for criterion in ReviewCriterion.objects.asked(review.round.edition.product.kind):  # unscoped: likewise
        said = answers.get(str(criterion.pk)) or {}
        words, mark = str(said.get("words") or "").strip(), said.get("mark") or None
        if len(words) > ANSWER_ROOM:
            raise ValidationError({f"answer-{criterion.pk}": _("%(most)d characters at most.") % {"most": ANSWER_ROOM}})
        if mark is not None and (not criterion.is_rated or int(mark) not in MARKS):
            raise ValidationError({f"answer-{criterion.pk}": _("Give a mark from 1 to 5.")})
        if words or mark:
            kept[str(criterion.pk)] = {"question": criterion.question, "words": words, "mark": int(mark) if mark else None}
    return kept


def _tell_when_all_are_in(review: Review) -> None:
    """The editor hears once, when as many are in as are needed and nobody who is required is missing."""
    opened = review.round
    enough = opened.reviews.submitted().count() >= opened.reviews_needed
    editor = opened.edition.product.editor or opened.opened_by
    if enough and editor is not None and not opened.reviews.waiting().filter(is_required=True).exists():
        outbox.post("reviews_in", editor, key=f"reviews-in:{opened.pk}", round=opened.pk)
