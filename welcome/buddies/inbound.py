"""What a mail does to the two addresses below the mails of buddies: any mail will do, and its words are read by nobody."""

from __future__ import annotations

from correspondence import outbox
from correspondence.inbound.registry import Delivery, Door, MailNotTaken, inbound
from correspondence.models import InboundMail
from foundation.models import Via
from foundation.workflow import TransitionRefused
from welcome.buddies import taking_over
from welcome.buddies.emails import ANOTHER, CANNOT
from welcome.models import BuddyMatch

Reason = InboundMail.Reason


def ask_for_another(delivery: Delivery) -> BuddyMatch:
    """The newcomer would rather have somebody else. Asked twice, it is done once; they are told that it is noted."""
    match = _match_of(delivery)
    if delivery.person is None or match.newcomer_id != delivery.person.pk:
        raise MailNotTaken(Reason.NOT_OPEN)
    try:
        taking_over.ask_for_another(match, by=delivery.person, via=Via.MAIL)
    except TransitionRefused as refused:
        if match.status != BuddyMatch.Status.REPLACED:
            raise MailNotTaken(Reason.NOT_OPEN) from refused
    outbox.post("buddy_another", delivery.person, key=f"buddy-another:{match.pk}")
    return match


def say_cannot(delivery: Delivery) -> BuddyMatch:
    """The buddy cannot right now; the thanks that they get say that it is noted."""
    match = _match_of(delivery)
    if delivery.person is None or match.buddy is None or match.buddy.person_id != delivery.person.pk:
        raise MailNotTaken(Reason.NOT_OPEN)
    try:
        taking_over.say_cannot(match, by=delivery.person, via=Via.MAIL)
    except TransitionRefused as refused:
        if match.status != BuddyMatch.Status.REPLACED:
            raise MailNotTaken(Reason.NOT_OPEN) from refused
    return match


def _match_of(delivery: Delivery) -> BuddyMatch:
    match = delivery.address.target if delivery.address else None
    if not isinstance(match, BuddyMatch):
        raise MailNotTaken(Reason.NOT_OPEN)
    return match


inbound.add(ANOTHER, Door(ask_for_another, wordless=True, is_unlisted=True))
inbound.add(CANNOT, Door(say_cannot, wordless=True))
