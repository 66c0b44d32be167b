"""Canaries in mail from outside: the leaders of its space read it, the support team sees that it came."""

from __future__ import annotations

from correspondence.inbound.receiving import receive
from correspondence.models import InboundMail
from discussions.plain_mail.addresses import plain_address
from discussions.plain_mail.workflow import take_in
from tests.correspondence.letters import letter
from tests.discussions import making
from tests.leaks import TEAM, Garden


def plant(garden: Garden) -> None:
    """One that waits, and one that was taken in, in a closed space that the ambassador leads; with files and signature."""
    space = making.micro(garden.cast.ambassador, "A kitchen with an open letter box")
    words, sender = garden.canary("correspondence.InboundMail.raw", "ambassador"), _sender(garden)
    name = garden.canary("correspondence.InboundMail.raw", "ambassador")
    waits = receive(letter(f"{name} <{sender}@outside.example>", plain_address(space), words), plain_address(space))
    InboundMail.objects.filter(pk=waits.pk).update(
        envelope_sender=f"{garden.canary('correspondence.InboundMail.envelope_sender', *TEAM)}@outside.example",
        identity=garden.canary("correspondence.InboundMail.identity", *TEAM),
    )
    garden.pages.append(f"{space.get_absolute_url()}held/")
    subject, body, written_by = (
        garden.canary(field, "ambassador")
        for field in ("discussions.Thread.subject", "discussions.Post.body", "discussions.Post.written_by")
    )
    raw = letter(f"{written_by} <other@outside.example>", plain_address(space), body, Subject=subject)
    garden.pages.append(take_in(receive(raw, plain_address(space)), by=garden.cast.ambassador).get_absolute_url())


def _sender(garden: Garden) -> str:
    return garden.canary("correspondence.InboundMail.sender", "ambassador", *TEAM)
