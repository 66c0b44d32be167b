"""Canaries on the ground floor: history, tokens, uploads."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from foundation import uploads
from foundation.models import Place, SetAside, Token, Upload
from foundation.workflow import record
from tests.foundation.files import sent
from tests.leaks import MEMBERS, NO_ONE, TEAM, Garden


def plant(garden: Garden) -> None:
    history_of_somebody(garden)
    token(garden)
    place(garden)
    file_for_members(garden)
    card_set_aside(garden)


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
        name=garden.canary("foundation.Place.name", *TEAM), country=garden.canary("foundation.Place.country", *TEAM)
    )


def file_for_members(garden: Garden) -> None:
    """A file that its owner gave to all members: its words and its name reach them and nobody else."""

    def canary(field: str, *readers: str) -> str:
        return garden.canary(f"foundation.Upload.{field}", *readers)

    file = uploads.checked(sent(canary("file", *MEMBERS).encode(), f"{canary('name', *MEMBERS)}.txt"))
    upload = uploads.upload_keep(file, owner=garden.cast.ambassador, audience="members")
    words = {"alt": canary("alt", *NO_ONE), "sha256": canary("sha256", *MEMBERS), "holder_id": canary("holder_id", *NO_ONE)}
    Upload.objects.filter(pk=upload.pk).update(**words)
    garden.pages.append(upload.get_absolute_url())


def card_set_aside(garden: Garden) -> None:
    SetAside.objects.create(
        person=garden.cast.removed,
        card=garden.canary("foundation.SetAside.card", *NO_ONE),
        until=timezone.now() + timedelta(days=1),
    )
