"""What the answer to such a mail does: a yes says the words that stood in it, a no puts them aside, and nothing else is guessed at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from correspondence.inbound.registry import Delivery, Door, MailNotTaken, inbound
from correspondence.inbound.yes_or_no import Word, said_in
from correspondence.models import InboundMail
from discussions import rules
from discussions.assisting import workflow
from discussions.assisting.emails import DOOR
from discussions.models import PreparedReply
from foundation.models import Via
from foundation.workflow import TransitionRefused

if TYPE_CHECKING:
    from django.db.models import Model

Reason = InboundMail.Reason


def settle(delivery: Delivery) -> Model:
    """Say it, or put it aside. Raises MailNotTaken for whatever is neither, and for words that were prepared anew since."""
    prepared = delivery.address.target if delivery.address else None
    person = delivery.person
    if not isinstance(prepared, PreparedReply) or person is None or prepared.ambassador_id != person.pk:
        raise MailNotTaken(Reason.NOT_OPEN)
    word = said_in(delivery.parsed.new_text)
    if word is Word.UNCLEAR:
        why = _(
            "Answer with “yes” alone to say what was prepared, or with “no” to put it aside. To say it differently, open it on the site."
        )
        raise MailNotTaken(Reason.NOT_CLEAR, why=why, target=prepared)
    if word is Word.YES and not rules.may_be_mailed_whole(person, prepared.thread):
        raise MailNotTaken(
            Reason.NOT_OPEN, why=_("The words of this space stay out of mail: read them on the site, and send them there.")
        )
    try:
        if word is Word.YES:
            return workflow.send(prepared, by=person, via=Via.MAIL)
        workflow.set_aside(prepared, by=person, via=Via.MAIL)
    except TransitionRefused as moved:
        why = _("What you answered was settled before, or prepared anew since: a newer mail has it, and so has your desk.")
        raise MailNotTaken(Reason.NOT_OPEN, why=why) from moved
    except (PermissionDenied, ValidationError) as closed:
        raise MailNotTaken(Reason.NOT_OPEN) from closed
    return prepared


inbound.add(DOOR, Door(settle))
