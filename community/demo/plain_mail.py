"""Mail that people outside wrote to the address of a space: one worth taking in, and one that is not."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone

from correspondence.inbound.receiving import row_of, settle
from correspondence.models import InboundMail
from discussions.models import Space
from discussions.plain_mail.addresses import plain_address
from foundation.long_work import with_savepoints


class Letter(NamedTuple):
    """One mail: whose, what about, how long ago, and whether our mail server vouches for its sender."""

    name: str
    address: str
    subject: str
    words: str
    ago: timedelta
    is_proven: bool


SPACE = "Three questions for every family"
LETTERS = [
    Letter(
        "Oksana Hrytsenko",
        "oksana@familyhouse.tidemark.example",
        "Your three questions, asked in a waiting room",
        (
            "A colleague at our family house showed me the three questions you are trying out. We put them on a card beside the kettle "
            "for two weeks, and forty parents wrote on it without being asked.\n\n"
            "The second question worked in Ukrainian only after we turned it round: what helped, before what was missing. Would it be of "
            "use to you to have the forty cards? I have typed them up, without names."
        ),
        timedelta(hours=20),
        True,
    ),
    Letter(
        "Premium List Brokers",
        "deals@lists.tidemark.example",
        "RE: 12,000 verified family contacts, today only",
        (
            "Dear decision maker, reach every household in your region with our fresh list. Click to claim a discount of 70 percent "
            "before midnight. This offer was prepared for you personally."
        ),
        timedelta(hours=6),
        False,
    ),
]


def letters_to_a_space() -> None:
    """Let them come in by the road that all mail takes; the first is vouched for by our mail server."""
    space = Space.objects.get(name=SPACE)
    for number, letter in enumerate(LETTERS):
        raw = _written(letter, plain_address(space))
        mail = InboundMail.objects.create(
            identity=f"<letter-{number}@demo>", recipient=plain_address(space), **row_of(raw, letter.address)
        )
        with with_savepoints():  # what waits is refused by its door, and that takes back what the door wrote
            settle(mail.pk, envelope_sender=letter.address)
        InboundMail.objects.filter(pk=mail.pk).update(received_at=timezone.now() - letter.ago)


def _written(letter: Letter, to: str) -> bytes:
    message = EmailMessage()
    if letter.is_proven and settings.INBOUND_AUTHSERV_ID:
        domain = letter.address.partition("@")[2]
        message["Authentication-Results"] = f"{settings.INBOUND_AUTHSERV_ID}; dmarc=pass header.from={domain}"
    message["From"], message["To"], message["Subject"] = f"{letter.name} <{letter.address}>", to, letter.subject
    message.set_content(letter.words)
    return message.as_bytes()
