"""What the answer to a private word does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from correspondence.inbound.registry import Delivery, Door, MailNotTaken, inbound
from correspondence.models import InboundMail
from discussions.facilitating.emails import DOOR
from discussions.inbound import begin_private_thread
from discussions.models import Nudge

if TYPE_CHECKING:
    from discussions.models import Thread


def answer_nudge(delivery: Delivery) -> Thread:
    """Begin a private conversation with whoever asked, and with nobody else."""
    nudge = delivery.address.target if delivery.address else None
    if delivery.person is None or not isinstance(nudge, Nudge) or nudge.by is None:
        raise MailNotTaken(InboundMail.Reason.NOT_OPEN)
    return begin_private_thread(delivery, to=nudge.by, subject=nudge.thread.subject)


inbound.add(DOOR, Door(answer_nudge, takes_files=True))
