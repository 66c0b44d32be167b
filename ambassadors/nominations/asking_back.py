"""“What do you hold on me?”, asked by somebody without an account: answered to the address it is about, and to nobody else.

Whoever asks for whichever address sees the same page. A link is mailed to that address; pressing the button behind it mails the answer.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models.functions import Lower

from ambassadors.models import Nomination
from ambassadors.nominations.clearing import was_declined
from ambassadors.nominations.privacy_export import redacted
from correspondence import outbox
from foundation import tokens

if TYPE_CHECKING:
    from foundation.models import Token

REQUEST_LINK = tokens.Purpose("nominee's request", timedelta(days=2))


@transaction.atomic
def ask(address: str) -> None:
    """Mail a link to the address, whether or not anything is held about it."""
    token = tokens.issue(REQUEST_LINK, address=address)
    outbox.post("nominee_link", None, address=token.address, key=f"nominee-link:{token.pk}", token=token.pk)


@transaction.atomic
def answer(token: Token) -> None:
    """Mail what is held to the address of the link, once."""
    tokens.redeem(token, by=None)
    outbox.post("nominee_answer", None, address=token.address, key=f"nominee-answer:{token.pk}")


def held_about(address: str) -> list[dict[str, Any]]:
    """What is held about somebody of this address, without the words of others. A draft is its writer's alone, and no part of it."""
    cases = Nomination.objects.annotate(low_email=Lower("email")).filter(low_email=address.strip().lower(), cleared_at=None)
    return [redacted(one) for one in cases.exclude(status="draft").order_by("pk")]


def is_held_as_hash(address: str) -> bool:
    """Whether a keyed hash of the address is all that is left of a case."""
    return was_declined(address)
