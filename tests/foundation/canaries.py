"""Canaries on the ground floor: history, tokens, uploads."""

from __future__ import annotations

from foundation.models import Place, Token
from foundation.workflow import record
from tests.leaks import MEMBERS, NO_ONE, TEAM, Garden


def plant(garden: Garden) -> None:
    history_of_somebody(garden)
    token(garden)
    place(garden)


def history_of_somebody(garden: Garden) -> None:
    """A line about one person: that person reads it in their settings, the support team in the admin."""

    def canary(field: str) -> str:
        return garden.canary(f"foundation.HistoryEntry.{field}", *TEAM)

    record(
        canary("verb"),
        garden.cast.outsider.ambassador,
        by=garden.cast.staff,
        note=canary("note"),
        before=canary("before"),
        after=canary("after"),
    )


def token(garden: Garden) -> None:
    Token.objects.create(
        purpose=garden.canary("foundation.Token.purpose", *NO_ONE),
        address=f"{garden.canary('foundation.Token.address', *NO_ONE)}@people.example.org",
        nonce=garden.canary("foundation.Token.nonce", *NO_ONE),
        subject_id=garden.canary("foundation.Token.subject_id", *NO_ONE),
    )


def place(garden: Garden) -> None:
    Place.objects.create(
        name=garden.canary("foundation.Place.name", *MEMBERS), country=garden.canary("foundation.Place.country", *MEMBERS)
    )
