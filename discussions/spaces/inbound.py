"""What an answer by mail does to an invitation into a space."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from correspondence.inbound.registry import Delivery, Door, MailNotTaken, inbound
from correspondence.inbound.yes_or_no import Word, said_in
from correspondence.models import InboundMail
from discussions.models import SpaceRequest
from discussions.spaces import joining
from discussions.spaces.invitation_emails import PREFIX
from foundation.models import Via
from foundation.workflow import TransitionRefused

Reason = InboundMail.Reason
ROOM = 1000


def answer_invitation(delivery: Delivery) -> SpaceRequest:
    """Yes or no in the first line; whatever follows is a word for whoever invited. What says neither goes back: nothing is guessed."""
    asked, person = delivery.address.target if delivery.address else None, delivery.person
    if not isinstance(asked, SpaceRequest) or person is None or asked.person_id != person.pk or not asked.is_invitation:
        raise MailNotTaken(Reason.NOT_OPEN)
    words = delivery.parsed.new_text.strip()
    said = said_in(words)
    if said == Word.UNCLEAR or not words:
        raise MailNotTaken(Reason.NOT_CLEAR, why=_("Write “yes” or “no” in the first line, and below it what you like."))
    act = joining.accept if said == Word.YES else joining.decline
    try:
        return act(asked, by=person, answer="\n".join(words.splitlines()[1:]).strip()[:ROOM], via=Via.MAIL)
    except (TransitionRefused, PermissionDenied) as refused:
        raise MailNotTaken(Reason.NOT_OPEN) from refused
    except ValidationError as refused:
        raise MailNotTaken(Reason.NOT_OPEN, why=refused.messages[0]) from refused


inbound.add(PREFIX, Door(answer_invitation))
