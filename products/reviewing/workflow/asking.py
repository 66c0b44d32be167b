"""Asking people for a review: invitation, answer, reminders, and somebody else in their place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ambassadors.asks import one_after_the_other
from correspondence import outbox
from foundation.models import Via
from foundation.workflow import TransitionRefused, record
from products import rules
from products.models import Readership, Review, ReviewRound
from products.reviewing import secrecy
from products.reviewing.conflicts import may_be_asked
from products.reviewing.moves import ACCEPT, ASK_AGAIN, DECLINE, LEAVE, RELEASE, make
from products.reviewing.workflow.locking import held_review, held_round

if TYPE_CHECKING:
    from ambassadors.models import User

MOST_REMINDERS = 2


@transaction.atomic
def invite(
    opened: ReviewRound,
    person: User,
    *,
    by: User,
    due_on: date | None = None,
    note: str = "",
    is_required: bool = False,
    speaks_for: Readership | None = None,
    reasons: Sequence[str] = (),
    despite: str = "",
    via: Via = Via.WEB,
) -> Review:
    """Ask a member for a review; whoever declined or was released in this round is asked again.

    `reasons` are why they were suggested; `despite` is the editor's reason where something speaks against it, and is kept with them.
    Raises PermissionDenied, TransitionRefused where the round is closed or they are in it, ValidationError where they cannot be asked, or
    where something speaks against it and no reason is given, or `note` names an author who is not to be known.
    """
    held = held_round(opened)
    if not rules.may_decide(by, held.edition):
        raise PermissionDenied("not theirs to invite to")
    if held.closed_at is not None:
        raise TransitionRefused(f"{held} is closed")
    secrecy.refuse_names(note, held)
    one_after_the_other([person.pk])  # two editors who ask the same person at once: the second counts the first
    against = may_be_asked(held, person, by=by)
    if against and not despite.strip():
        raise ValidationError({"despite": [*against, _("Say why you ask them nevertheless: the reason is kept.")]})
    said = {
        "due_on": max(due_on or held.due_on, timezone.localdate()),
        "note": note.strip(),
        "is_required": is_required,
        "speaks_for": speaks_for,
        "reasons": [*reasons, *([f"{'; '.join(against)}: {despite.strip()}"] if against else [])],
    }
    review = _asked(held, person, by, via, said)
    outbox.post("review_invited", person, key=f"review-invited:{review.pk}:{review.invited_at.isoformat()}", review=review.pk)
    return review


def _asked(held: ReviewRound, person: User, by: User, via: Via, said: dict[str, object]) -> Review:
    before = Review.objects.filter(round=held, reviewer=person).first()
    now = timezone.now()
    if before is not None:
        before.round = held
        asked = {"invited_by": by, "invited_at": now, "reminded": 0, "reminded_at": None, "answered_at": None}
        make(ASK_AGAIN, before, by=by, via=via, **said, **asked)
        return before
    review = Review(round=held, reviewer=person, invited_by=by, invited_at=now, **said)
    review.full_clean(exclude=["round", "reviewer"], validate_constraints=False)
    review.save(force_insert=True)
    record("asked", review, by=by, via=via, about=person)
    return review


@transaction.atomic
def accept(review: Review, *, by: User, via: Via = Via.WEB) -> Review:
    """The reviewer will do it."""
    held = held_review(review)
    make(ACCEPT, held, by=by, via=via, answered_at=timezone.now())
    return held


@transaction.atomic
def decline(review: Review, *, by: User, words: str = "", instead: str = "", via: Via = Via.WEB) -> Review:
    """The reviewer will not, before or after having begun; `instead` names somebody who could. Whoever asked hears of it."""
    held = held_review(review)
    said = {"decline_words": words.strip()[:1000], "instead": instead.strip()[:140]}
    make(DECLINE, held, by=by, via=via, answered_at=timezone.now(), **said)
    tell_editor(held, "review_declined")
    return held


@transaction.atomic
def withdraw_invitation(review: Review, *, by: User, words: str = "", via: Via = Via.WEB) -> Review:
    """Release a reviewer: their link is dead from now on, and what they wrote stays theirs. They are told, with `words` of the editor."""
    held = held_review(review)
    make(RELEASE, held, by=by, via=via, history_note=words.strip(), answered_at=timezone.now())
    if held.reviewer:
        key = f"review-released:{held.pk}:{held.invited_at.isoformat()}"
        outbox.post("review_over", held.reviewer, key=key, review=held.pk, why="released", words=words.strip())
    return held


@transaction.atomic
def let_go(review: Review) -> Review:
    """The reviewer is no member any more, and has not handed it in: whoever asked hears that somebody else is needed."""
    held = held_review(review)
    make(LEAVE, held, by=None, via=Via.CLOCK, answered_at=timezone.now())
    tell_editor(held, "review_declined")
    return held


@transaction.atomic
def substitute(review: Review, person: User, *, by: User, despite: str = "", note: str = "", via: Via = Via.WEB) -> Review:
    """Ask somebody else in the place of a reviewer, with what was wanted of them. Whoever had declined stays so."""
    held = held_review(review)
    if held.is_open:
        withdraw_invitation(held, by=by, via=via)
    wanted: dict[str, Any] = {"is_required": held.is_required, "speaks_for": held.speaks_for}
    reasons = [_("in the place of somebody else")]
    found = invite(held.round, person, by=by, note=note, reasons=reasons, despite=despite, via=via, **wanted)
    if held.is_required:  # what is nobody's to write any more is not waited for
        Review.objects.filter(pk=held.pk).update(is_required=False)
    return found


@transaction.atomic
def remind(review: Review, *, by: User | None, via: Via = Via.WEB) -> Review:
    """Remind a reviewer, by hand or (`by` None) by the clock: twice at most, and not twice a day. Raises ValidationError beyond it."""
    held = held_review(review)
    if by is not None and not rules.may_decide(by, held.round.edition):
        raise PermissionDenied("not theirs to remind")
    if not held.is_open or held.round.closed_at is not None or held.reviewer is None:
        raise TransitionRefused(f"{held} is not waited for")
    now = timezone.now()
    if held.reminded >= MOST_REMINDERS:
        raise ValidationError(_("They were reminded twice: ask them yourself, or somebody else instead."))
    if held.reminded_at is not None and timezone.localdate(held.reminded_at) == timezone.localdate(now):
        raise ValidationError(_("They were reminded today already."))
    Review.objects.filter(pk=held.pk).update(reminded=held.reminded + 1, reminded_at=now)
    held.refresh_from_db(fields=["reminded", "reminded_at"])
    record("reminded", held, by=by, via=via, about=held.reviewer)
    key = f"review-reminder:{held.pk}:{held.due_on}:{held.reminded}"
    outbox.post("review_reminder", held.reviewer, key=key, review=held.pk)
    return held


@transaction.atomic
def send_again(review: Review, *, by: User, via: Via = Via.WEB) -> Review:
    """Send the invitation once more, for whoever has not found it: once a day, and it counts as no reminder."""
    held = held_review(review)
    if not rules.may_decide(by, held.round.edition):
        raise PermissionDenied("not theirs to send")
    if not held.is_open or held.reviewer is None:
        raise TransitionRefused(f"{held} is not waited for")
    key = f"review-again:{held.pk}:{timezone.localdate()}"
    if outbox.post("review_invited", held.reviewer, key=key, review=held.pk) is None:
        raise ValidationError(_("It was sent again today already."))
    record("sent the invitation again", held, by=by, via=via, about=held.reviewer)
    return held


def tell_editor(review: Review, kind: str) -> None:
    """Tell whoever handles the product, or else whoever asked."""
    editor = review.round.edition.product.editor or review.invited_by or review.round.opened_by
    if editor is not None:
        outbox.post(kind, editor, key=f"{kind}:{review.pk}:{review.invited_at.isoformat()}", review=review.pk)
