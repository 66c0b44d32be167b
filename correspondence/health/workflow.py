"""What is noted of an address, and when mail to it stops and goes on."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from correspondence.models import AddressHealth, MailFailure, OutgoingMail
from foundation.models import Via
from foundation.owners import owner_of
from foundation.workflow import Transition, TransitionRefused, anybody, apply

if TYPE_CHECKING:
    from ambassadors.models import User

State, Kind = AddressHealth.State, MailFailure.Kind
HARD_ENOUGH, HARD_WINDOW = 3, timedelta(days=90)
SOFT_DAYS_ENOUGH, SOFT_WINDOW = 5, timedelta(days=30)


def is_support(user: User | None, health: AddressHealth) -> bool:
    """The support team, where the fault was ours; what somebody reported as unwanted, only they ask for again."""
    return user is not None and user.is_active and user.is_staff


def is_its_owner(user: User | None, health: AddressHealth) -> bool:
    """Whoever has it as their main address, or has shown another way that it is theirs."""
    return user is not None and (user.email.lower() == health.address or owner_of(health.address) == user.pk)


PAUSE = Transition("paused the mail to an address", frozenset({State.WORKING}), State.PAUSED, anybody, field="state")
STOP = Transition(
    "stopped the mail to an address", frozenset({State.WORKING, State.PAUSED}), State.COMPLAINED, anybody, field="state"
)
MEND = Transition(
    "said that an address works", frozenset({State.PAUSED, State.COMPLAINED}), State.WORKING, is_its_owner, field="state"
)
RESUME = Transition("resume", frozenset({State.PAUSED}), State.WORKING, is_support, _("Send mail there again"), field="state")


class Failure(NamedTuple):
    """What one report says. `identity` is the report's own, where no mail of ours is known."""

    kind: str
    words: str
    identity: str = ""


@transaction.atomic
def note(address: str, failure: Failure, *, mail: OutgoingMail | None = None) -> bool:
    """Write down what came back from an address, and stop optional mail to it when that is enough; False when it is known already.

    Reports of mails that left before the address was last known to work are kept and count no more.
    """
    AddressHealth.objects.get_or_create(address=address.strip().lower())
    # Two reports may arrive at once: they count one after the other.
    health = AddressHealth.objects.select_for_update(no_key=True).of(address).get()
    _row, is_new = MailFailure.objects.get_or_create(
        identity=f"mail:{mail.pk}:{failure.kind}" if mail else failure.identity[:200],
        defaults={
            "health": health,
            "mail": mail,
            "kind": failure.kind,
            "words": failure.words[:400],
            "sent_at": (mail and (mail.sent_at or mail.created_at)) or timezone.now(),
        },
    )
    if is_new:
        _stop_if_enough(health, failure.kind)
    return is_new


def _stop_if_enough(health: AddressHealth, kind: str) -> None:
    if kind == Kind.COMPLAINT and health.state in STOP.sources:
        _move(STOP, health)
    elif health.state == State.WORKING and _is_enough(health):
        _move(PAUSE, health)


def _is_enough(health: AddressHealth) -> bool:
    """Three mails that met no mailbox in a quarter of a year, or five days of a month on which the mailbox took none."""
    failures = MailFailure.objects.filter(health=health)  # unscoped: counted, for nobody's eyes
    return (
        failures.hard_since(_later(health, HARD_WINDOW)) >= HARD_ENOUGH
        or failures.soft_days_since(_later(health, SOFT_WINDOW)) >= SOFT_DAYS_ENOUGH
    )


def _later(health: AddressHealth, window: timedelta) -> datetime:
    begin = timezone.now() - window
    return max(begin, health.counts_from or begin)


def note_arrival(address: str) -> None:
    """A mail has arrived there: what came back before it counts no more."""
    AddressHealth.objects.of(address).filter(state=State.WORKING).update(counts_from=timezone.now())


def mended(address: str, *, by: User) -> bool:
    """Send mail there again, since its owner has just typed a code that went there; False when nothing was wrong."""
    health = AddressHealth.objects.stopped().of(address).first()
    if health is None:
        return False
    try:
        _move(MEND, health, by=by)
    except TransitionRefused:
        return False
    return True


def resume(health: AddressHealth, *, by: User) -> None:
    """Send mail there again on the word of the support team."""
    _move(RESUME, health, by=by)


def _move(move: Transition, health: AddressHealth, *, by: User | None = None) -> None:
    now = timezone.now()
    fresh: dict[str, Any] = {"counts_from": now, "nonce": "", "asked_at": None, "tries": 0} if move.target == State.WORKING else {}
    owner = get_user_model().objects.alias(small=Lower("email")).filter(small=health.address).first()
    apply(move, health, by=by, via=Via.WEB if by else Via.MAIL, about=owner, changed_at=now, **fresh)
