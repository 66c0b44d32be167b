"""Deciding about a case, with reasons for the file and, apart from them, words for its nominator; and looking at it again."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext as _

from ambassadors.models import Decision, Nomination
from ambassadors.nominations import moves as nomination_moves
from ambassadors.nominations import rules as nomination_rules
from ambassadors.vetting.days import site_today
from ambassadors.vetting.workflow.assigning import end_open
from correspondence import outbox
from foundation.models import Via
from foundation.workflow import TransitionRefused, apply

if TYPE_CHECKING:
    from ambassadors.models import User

O = Decision.Outcome  # noqa: E741  as the model names it
DECISIONS = {O.INVITE: nomination_moves.APPROVE, O.NOT_NOW: nomination_moves.NOT_NOW, O.DECLINE: nomination_moves.DECLINE}
decided = Signal()  # a case was decided, inside the transaction: `nomination`, `decision`, `by`, `via`


@transaction.atomic
def decide(
    nomination: Nomination,
    outcome: str,
    *,
    reasons: str,
    told: str = "",
    revisit_on: date | None = None,
    revision: int,
    by: User,
    via: Via = Via.WEB,
) -> Decision:
    """Decide about the case as `by` has read it: of a newer one, or one that a colleague has just decided, it is refused.

    `reasons` are for the file, which leads and deciders read. `told` goes to the nominator, and nothing else does.
    """
    locked = _locked(nomination, O(outcome), revision=revision, by=by)
    _check(O(outcome), reasons.strip(), told.strip(), revisit_on)
    move = DECISIONS[O(outcome)]
    apply(move, locked, by=by, via=via, revision=revision, decided_at=timezone.now(), revisit_on=revisit_on)
    _now_newer(locked)
    made = Decision.objects.create(
        nomination=locked, outcome=outcome, reasons=reasons.strip(), told=told.strip(), revisit_on=revisit_on, by=by
    )
    end_open(locked, by=by, via=via)
    decided.send(Nomination, nomination=locked, decision=made, by=by, via=via)
    _tell(locked, made)
    nomination.refresh_from_db()
    return made


def _locked(nomination: Nomination, outcome: Decision.Outcome, *, revision: int, by: User) -> Nomination:
    # Held until the end: of two who decide in the same second, the second finds a newer revision.
    locked: Nomination = Nomination.objects.select_for_update(no_key=True).get(pk=nomination.pk)
    if not nomination_rules.decides(by, locked):
        raise PermissionDenied(f"{by} may not decide about {nomination}")
    if locked.status not in DECISIONS[outcome].sources:
        raise TransitionRefused(f"{locked} can no longer be decided")
    if locked.revision != revision:
        raise ValidationError(
            _("The case has changed since you opened this page. Your words are kept: look at it again, then decide.")
        )
    return locked


def _check(outcome: Decision.Outcome, reasons: str, told: str, revisit_on: date | None) -> None:
    if not reasons:
        raise ValidationError({"reasons": _("Write the reasons, for the file.")})
    if outcome != O.INVITE and not told:
        raise ValidationError({"told": _("Write what the nominator is told.")})
    if outcome == O.NOT_NOW and (revisit_on is None or revisit_on <= site_today()):
        raise ValidationError({"revisit_on": _("Give a day in the future on which it comes back.")})
    if outcome != O.NOT_NOW and revisit_on is not None:
        raise ValidationError({"revisit_on": _("Only “not now” comes back on a day.")})


def _tell(nomination: Nomination, made: Decision) -> None:
    """Everybody who put this person forward, whether by this nomination or by one that was joined to it."""
    rows = [nomination, *nomination.joined.select_related("nominator").order_by("pk")]
    for row in rows:
        if row.nominator is not None:
            key = f"nomination-decided:{made.pk}:{row.pk}"
            outbox.post("nomination_decided", row.nominator, key=key, decision=made.pk, nomination=row.pk)


@transaction.atomic
def look_again(nomination: Nomination, *, by: User, via: Via = Via.WEB) -> None:
    """Take a “not now” back into vetting before its day."""
    apply(nomination_moves.LOOK_AGAIN, nomination, by=by, via=via, revisit_on=None, decided_at=None)
    _now_newer(nomination)


def look_again_by_clock(nomination: Nomination) -> None:
    """The same on its day."""
    apply(nomination_moves.LOOK_AGAIN_BY_CLOCK, nomination, by=None, via=Via.CLOCK, revisit_on=None, decided_at=None)
    _now_newer(nomination)


def _now_newer(nomination: Nomination) -> None:
    """Whoever has an older page open reads it again before they decide; the row is held by the move before."""
    Nomination.objects.filter(pk=nomination.pk).update(revision=F("revision") + 1)
    nomination.refresh_from_db()
