"""Seats of assistants, given and taken through the workflow functions."""

from __future__ import annotations

from ambassadors.assistants import taking, workflow
from ambassadors.models import AssistantSeat, User
from foundation import tokens
from foundation.models import Token
from foundation.secrecy import derived_code


def offered(by: User, name: str = "Jo Park", email: str = "", **scopes: bool) -> AssistantSeat:
    """An offer that waits for its yes."""
    return workflow.offer(name, email or f"{name.lower().replace(' ', '.')}@office.example.org", by=by, **scopes)


def token_of(seat: AssistantSeat) -> Token:
    """The live link of an offer."""
    return tokens.open_ones(workflow.SEAT_LINK, seat).get()


def link_of(seat: AssistantSeat) -> str:
    """What stands in its address."""
    return tokens.text_of(token_of(seat))


def with_code(seat: AssistantSeat) -> AssistantSeat:
    """The same after a first yes: a code is on its way."""
    taking.send_code(token_of(seat))
    seat.refresh_from_db()
    return seat


def code_of(seat: AssistantSeat) -> str:
    """The code that was mailed last."""
    seat.refresh_from_db()
    return derived_code(taking.CODE, seat.nonce)


def taken(by: User, name: str = "Jo Park", email: str = "", **scopes: bool) -> AssistantSeat:
    """A seat in which somebody sits."""
    seat = with_code(offered(by, name, email, **scopes))
    assert taking.take(token_of(seat), code_of(seat)) is not None
    return AssistantSeat.objects.select_related("ambassador", "assistant").get(pk=seat.pk)
