"""Rounds of review: opened on one revision, closed by an editor or with the next step of the edition."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from correspondence import outbox
from foundation.models import Via
from foundation.workflow import TransitionRefused, record
from products import rules
from products.drafting.workflow import keep_for_good
from products.models import Credit, Edition, KindRules, ReviewRound
from products.reviewing import secrecy
from products.reviewing.handed import given_away_in
from products.reviewing.moves import LAPSE, make
from products.reviewing.workflow.locking import held_edition, held_round

if TYPE_CHECKING:
    from ambassadors.models import User


@transaction.atomic
def open_round(
    edition: Edition,
    *,
    by: User,
    revision: int,
    due_on: date | None = None,
    reviews_needed: int | None = None,
    needs_fewer_because: str = "",
    is_anonymous: bool = False,
    hides_authors: bool = False,
    note: str = "",
    although_named: bool = False,
    via: Via = Via.WEB,
) -> ReviewRound:
    """Open a round on the revision that `by` has read. Without a day or a number, those of the rules of its kind.

    Raises PermissionDenied, TransitionRefused where the edition has moved on or has a round, ValidationError for a number without its reason,
    for a note that names an author who is not to be known and, unless `although_named`, where the text itself says who wrote it.
    """
    held = held_edition(edition)
    if not rules.may_decide(by, held):
        raise PermissionDenied("not theirs to have reviewed")
    if held.status != Edition.Status.IN_REVIEW or held.revision != revision or held.rounds.open().exists():
        raise TransitionRefused(f"{held} can have no round now")
    usual = KindRules.of(held.product.kind)
    needed = usual.reviews_needed if reviews_needed is None else reviews_needed
    _may_need(needed, usual.reviews_needed, needs_fewer_because)
    if hides_authors and not although_named and (places := given_away_in(held)):
        raise ValidationError({"although_named": [*places, _("Ask the authors to take it out, or open the round all the same.")]})
    opened = ReviewRound(
        edition=held,
        number=held.rounds.count() + 1,
        revision=revision,
        due_on=_in_time(due_on or timezone.localdate() + timedelta(days=usual.review_days)),
        reviews_needed=needed,
        needs_fewer_because=needs_fewer_because.strip() if needed < usual.reviews_needed else "",
        is_anonymous=is_anonymous or hides_authors,
        hides_authors=hides_authors,
        note=note.strip(),
        opened_by=by,
    )
    opened.full_clean(exclude=["edition"], validate_constraints=False)
    opened.save(force_insert=True)
    secrecy.refuse_names(opened.note, opened)
    keep_for_good(held)
    record("opened", opened, by=by, via=via)
    return opened


@transaction.atomic
def lower_needed(opened: ReviewRound, *, by: User, needed: int, because: str, via: Via = Via.WEB) -> ReviewRound:
    """Decide with fewer reviews than usual: in small circles peers wait for peers. The reason is kept, and whoever decides reads it."""
    held = held_round(opened)
    _may_run(held, by)
    _may_need(needed, KindRules.of(held.edition.product.kind).reviews_needed, because)
    held.reviews_needed, held.needs_fewer_because = needed, because.strip()
    held.full_clean(exclude=["edition", "opened_by"], validate_constraints=False)
    held.save(update_fields=["reviews_needed", "needs_fewer_because"])
    record("changed how many reviews are needed", held, by=by, via=via, note=because.strip())
    return held


@transaction.atomic
def move_due(opened: ReviewRound, *, by: User, due_on: date, via: Via = Via.WEB) -> ReviewRound:
    """Give everybody who still writes until another day: whoever was reminded for the former one is reminded anew."""
    held = held_round(opened)
    _may_run(held, by)
    held.due_on = _in_time(due_on)
    held.save(update_fields=["due_on"])
    held.reviews.waiting().update(due_on=due_on, reminded=0, reminded_at=None)
    record("moved the day", held, by=by, via=via, note=str(due_on))
    return held


@transaction.atomic
def close_round(
    opened: ReviewRound, *, by: User | None, via: Via = Via.WEB, tells_authors: bool = True, why: str = "closed"
) -> ReviewRound:
    """End a round: the authors read what is in. Whoever was still writing is told, and keeps what they wrote.

    `by` is None when the edition moved on and took its round with it; then whoever decided says so to the authors.
    """
    held = held_round(opened)
    if by is not None and not rules.may_decide(by, held.edition):
        raise PermissionDenied("not theirs to close")
    if held.closed_at is not None:
        raise TransitionRefused(f"{held} is closed")
    ReviewRound.objects.filter(pk=held.pk).update(closed_at=timezone.now())
    held.refresh_from_db(fields=["closed_at"])
    for review in held.reviews.filter(status__in=["invited", "accepted"]).select_related("reviewer"):
        make(LAPSE, review, by=by, via=via)
        if review.reviewer:
            outbox.post("review_over", review.reviewer, key=f"review-lapsed:{review.pk}", review=review.pk, why=why)
    record("closed", held, by=by, via=via)
    if tells_authors and held.reviews.submitted().exists():
        _tell_authors(held)
    return held


def _tell_authors(closed: ReviewRound) -> None:
    for credit in Credit.objects.authors().filter(product=closed.edition.product_id, person__isnull=False).select_related("person"):
        outbox.post("reviews_to_read", credit.person, key=f"reviews-to-read:{closed.pk}:{credit.person_id}", round=closed.pk)


def _may_run(held: ReviewRound, by: User) -> None:
    if not rules.may_decide(by, held.edition):
        raise PermissionDenied("not theirs to run")
    if held.closed_at is not None:
        raise TransitionRefused(f"{held} is closed")


def _may_need(needed: int, usual: int, because: str) -> None:
    if needed < min(usual, 1):
        raise ValidationError({"reviews_needed": _("At least one review: nothing of this kind becomes public without.")})
    if needed < usual and not because.strip():
        raise ValidationError({"needs_fewer_because": _("Say why fewer than usual are enough: the reason is kept.")})


def _in_time(due_on: date) -> date:
    if due_on < timezone.localdate():
        raise ValidationError({"due_on": _("That day has passed.")})
    return due_on
