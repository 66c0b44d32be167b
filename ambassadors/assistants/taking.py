"""Taking a seat: a code from the mailbox that the offer went to, and then an account without a profile, in one transaction."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from ambassadors.assistants import rules
from ambassadors.assistants.workflow import TAKE, S, subject_of
from ambassadors.models import AssistantSeat, User
from ambassadors.nominations.doubles import same_address
from correspondence import outbox
from foundation import tokens
from foundation.models.token import new_nonce
from foundation.secrecy import is_code
from foundation.workflow import TransitionRefused, apply

if TYPE_CHECKING:
    from foundation.models import Token

CODES_AT_MOST, GUESSES_A_CODE = 5, 3
CODE = "seat_code"


@transaction.atomic
def send_code(token: Token) -> bool:
    """Mail a code to the address of the offer, which makes an older one useless; False when there were as many as there may be."""
    seat = _held(token)
    _refuse_accounts(seat)
    if seat.codes_sent >= CODES_AT_MOST:
        return False
    nonce, until, sent = new_nonce(), timezone.now() + timedelta(seconds=settings.CODES_LAST), seat.codes_sent + 1
    AssistantSeat.objects.filter(pk=seat.pk).update(nonce=nonce, code_until=until, code_tries=0, codes_sent=sent)
    outbox.post(
        CODE, None, key=f"{CODE}:{token.pk}:{sent}", address=token.address, nonce=nonce, until=until.isoformat(), token=token.pk
    )
    return True


@transaction.atomic
def take(token: Token, code: str) -> User | None:
    """Give the seat to whoever has the newest code; None when it is not that one, which is counted.

    Raises ValidationError when the account of that address can have no seat.
    """
    seat = _held(token)
    if not _guess(seat, code):
        return None
    _refuse_accounts(seat)
    person = _account_for(seat, token.address)
    tokens.redeem(token, by=person)
    apply(TAKE, seat, by=person, about=seat.ambassador, assistant=person, taken_at=timezone.now(), nonce="")
    outbox.post("seat_news", seat.ambassador, key=f"seat-news:{seat.pk}:{S.TAKEN}", seat=seat.pk, state=S.TAKEN)
    return person


def _account_for(seat: AssistantSeat, address: str) -> User:
    """An account that can sign in with a code, and has no profile; the one that is there, where they have another seat."""
    person = same_address(address)
    if person is None:
        person = User.objects.create_user(address, name=seat.name)
        EmailAddress.objects.create(user=person, email=address, primary=True, verified=True)
    EmailAddress.objects.filter(user=person, email__iexact=address).update(verified=True)
    return person


def _refuse_accounts(seat: AssistantSeat) -> None:
    if sentence := rules.why_cannot_take(same_address(seat.email)):
        raise ValidationError(sentence)


def _guess(seat: AssistantSeat, code: str) -> bool:
    """Count one guess and say whether it is right. The count is in the row: no new session and no other device resets it."""
    alive = seat.code_until is not None and timezone.now() < seat.code_until and seat.code_tries < GUESSES_A_CODE
    AssistantSeat.objects.filter(pk=seat.pk).update(code_tries=seat.code_tries + 1)
    return alive and is_code(code, CODE, seat.nonce)


def _held(token: Token) -> AssistantSeat:
    """The seat of a live link, held until the end: guesses are counted one by one, and nothing crosses a withdrawal."""
    found = subject_of(token)
    seat: AssistantSeat = AssistantSeat.objects.select_for_update(of=("self",)).select_related("ambassador").get(pk=found.pk)
    if seat.status != S.OFFERED:
        raise TransitionRefused(f"{seat} is not open")
    return seat
