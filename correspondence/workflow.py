"""What the support team does about mails that no machine will move: the only moves of the outbox that a person makes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from correspondence import outbox
from correspondence.models import OutgoingMail
from foundation.workflow import Transition, apply

if TYPE_CHECKING:
    from ambassadors.models import User

State = OutgoingMail.State


def is_support(user: User | None, mail: Any) -> bool:
    """The support team decides; no further duty is needed, for they see the envelope only."""
    return user is not None and user.is_active and user.is_staff


ARRIVED = Transition("arrived", frozenset({State.UNKNOWN}), State.SENT, is_support, str(_("It arrived")), "state")
SEND_AGAIN = Transition("send-again", frozenset({State.UNKNOWN}), State.QUEUED, is_support, str(_("Send it again")), "state")
TRY_AGAIN = Transition("try-again", frozenset({State.FAILED}), State.QUEUED, is_support, str(_("Try again")), "state")
MOVES = {move.name: move for move in (ARRIVED, SEND_AGAIN, TRY_AGAIN)}


def offered(user: User, mail: OutgoingMail) -> list[Transition]:
    """The buttons that this mail has for `user`."""
    return [move for move in MOVES.values() if move.offered_to(user, mail)]


def decide(move: Transition, mail: OutgoingMail, *, by: User) -> None:
    """Make one of the moves. The claim goes with it, so that a worker which comes back late no longer changes the row."""
    if move.target == State.SENT:
        apply(move, mail, by=by, claim="", sent_at=timezone.now())
        return
    with transaction.atomic():
        apply(move, mail, by=by, claim="", attempts=0, due_at=timezone.now(), lease_until=None)
        transaction.on_commit(partial(outbox.tell_workers, [mail.pk]), robust=True)
