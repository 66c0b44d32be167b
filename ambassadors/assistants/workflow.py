"""What changes about a seat: it is offered, changed, taken back, given up, or ends with its ambassador's time here."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambassadors.accounts.workflow import end_sessions
from ambassadors.assistants import rules
from ambassadors.models import AssistantSeat, User
from ambassadors.nominations.doubles import same_address
from correspondence import outbox
from foundation import tokens
from foundation.models import Token, Via
from foundation.workflow import Transition, TransitionRefused, anybody, apply, record

if TYPE_CHECKING:
    from typing import Any

S = AssistantSeat.Status
MOST_SEATS, MOST_OFFERS_A_DAY = 3, 5
REVOKE = Transition(
    "took an assistant's seat back", frozenset({S.OFFERED, S.TAKEN}), S.REVOKED, rules.gave, gettext_lazy("Take it back")
)
LEAVE = Transition("gave a seat up", frozenset({S.TAKEN}), S.GIVEN_UP, rules.sits_in, gettext_lazy("Give the seat up"))
DECLINE = Transition("declined a seat", frozenset({S.OFFERED}), S.DECLINED, anybody)
TAKE = Transition("took a seat as assistant", frozenset({S.OFFERED}), S.TAKEN, anybody)
END = Transition("ended an assistant's seat", frozenset({S.OFFERED, S.TAKEN}), S.ENDED, anybody)


def _may_still_be_taken(token: Token) -> bool:
    seat = token.subject
    return isinstance(seat, AssistantSeat) and seat.status == S.OFFERED and rules.may_give(seat.ambassador)


SEAT_LINK = tokens.Purpose("seat", lifetime=timedelta(days=30), alive=_may_still_be_taken)


@transaction.atomic
def offer(
    name: str, email: str, *, by: User, may_prepare: bool = False, may_speak: bool = False, via: Via = Via.WEB
) -> AssistantSeat:
    """Offer a seat to somebody by mail. They read by it; preparing and speaking are switched on one by one.

    Whether the address belongs to anybody here is not told. Raises PermissionDenied, or ValidationError with a sentence.
    """
    if not rules.may_give(by):
        raise PermissionDenied(_("Active ambassadors give seats, where the community has them."))
    # Two windows queue here, so that the last seat is given once.
    list(User.objects.select_for_update(no_key=True).filter(pk=by.pk).values_list("pk"))
    email = email.strip().lower()
    _refuse_too_many(by)
    if same_address(email) == by:
        raise ValidationError(_("This is an address of your own."))
    try:
        with transaction.atomic():
            seat = AssistantSeat.objects.create(
                ambassador=by, name=name.strip(), email=email, may_prepare=may_prepare, may_speak=may_speak
            )
    except IntegrityError as error:
        raise ValidationError(_("This address has a seat of yours, or an offer of one.")) from error
    record("offered a seat to an assistant", seat, by=by, via=via, about=by)
    _mail_link(seat)
    return seat


def _refuse_too_many(by: User) -> None:
    if AssistantSeat.objects.given_by(by).still_open().count() >= MOST_SEATS:
        raise ValidationError(_("Three seats are the most. Take one back first."))
    lately = AssistantSeat.objects.given_by(by).filter(offered_at__gt=timezone.now() - timedelta(days=1))
    if lately.count() >= MOST_OFFERS_A_DAY:
        raise ValidationError(_("That were many offers for one day. Please come back tomorrow."))


def _mail_link(seat: AssistantSeat) -> None:
    token = tokens.issue(SEAT_LINK, subject=seat, address=seat.email, by=seat.ambassador)
    outbox.post("seat_offer", None, key=f"seat-offer:{token.pk}", address=seat.email, seat=seat.pk, token=token.pk)


@transaction.atomic
def change(seat: AssistantSeat, *, by: User, may_prepare: bool, may_speak: bool, via: Via = Via.WEB) -> None:
    """Let an assistant do more, or less, from this moment on."""
    held = AssistantSeat.objects.select_for_update().get(pk=seat.pk)
    if not rules.gave(by, held):
        raise PermissionDenied(f"{by} did not give {held}")
    if not held.is_open:
        raise TransitionRefused(f"{held} is over")
    before, after = said_of(held), said_of(AssistantSeat(may_prepare=may_prepare, may_speak=may_speak))
    if before == after:
        return
    AssistantSeat.objects.filter(pk=held.pk).update(may_prepare=may_prepare, may_speak=may_speak)
    record("changed what an assistant may do", held, by=by, via=via, about=by, before=before, after=after)


def said_of(seat: AssistantSeat) -> str:
    """What a seat allows, in a few words for the history."""
    allowed = ["read", *(["prepare"] if seat.may_prepare else []), *(["speak"] if seat.may_speak else [])]
    return ", ".join(allowed)


@transaction.atomic
def revoke(seat: AssistantSeat, *, by: User, via: Via = Via.WEB) -> None:
    """Take a seat back: it opens nothing from this moment on, and its assistant is signed out everywhere."""
    _close(REVOKE, seat, by=by, via=via)


@transaction.atomic
def leave(seat: AssistantSeat, *, by: User, via: Via = Via.WEB) -> None:
    """The assistant gives it up; the ambassador hears of it."""
    _close(LEAVE, seat, by=by, via=via)
    outbox.post("seat_news", seat.ambassador, key=f"seat-news:{seat.pk}:{S.GIVEN_UP}", seat=seat.pk, state=S.GIVEN_UP)


@transaction.atomic
def decline(token: Token, *, via: Via = Via.WEB) -> None:
    """Say no to an offer; the ambassador hears of it."""
    seat = subject_of(token)
    tokens.redeem(token, by=None, via=via)
    apply(DECLINE, seat, by=None, via=via, about=seat.ambassador, ended_at=timezone.now())
    outbox.post("seat_news", seat.ambassador, key=f"seat-news:{seat.pk}:{S.DECLINED}", seat=seat.pk, state=S.DECLINED)


@transaction.atomic
def end_seats(ambassador: User, *, by: User | None, via: Via = Via.WEB) -> None:
    """Whoever leaves has nobody here to act for them; coming back later gives no seat anew."""
    for seat in AssistantSeat.objects.given_by(ambassador).still_open():
        _close(END, seat, by=by, via=via)


def _close(move: Transition, seat: AssistantSeat, *, by: User | None, via: Via) -> None:
    apply(move, seat, by=by, via=via, about=seat.ambassador, ended_at=timezone.now())
    tokens.withdraw_all(SEAT_LINK, seat)
    if seat.assistant is not None:
        _sign_out(seat.assistant, by=by, via=via)


def _sign_out(assistant: User, *, by: User | None, via: Via) -> None:
    """On every device. A session that is not known to be theirs dies by the new (unusable) password, to whose hash each is bound."""
    end_sessions(assistant, by=by, via=via)
    if not assistant.has_usable_password():
        assistant.set_unusable_password()
        assistant.save(update_fields=["password"])


def subject_of(token: Token) -> AssistantSeat:
    """The seat that a live link offers."""
    seat: Any = token.subject
    if not isinstance(seat, AssistantSeat):
        raise tokens.TokenUnknown
    return seat
