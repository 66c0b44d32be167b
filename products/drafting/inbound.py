"""What an answer by mail to the question about authors does: yes or no."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from correspondence.inbound.registry import Delivery, Door, MailNotTaken, inbound
from correspondence.inbound.yes_or_no import Word, said_in
from correspondence.models import InboundMail
from foundation.models import Via
from foundation.workflow import TransitionRefused
from products.drafting import naming
from products.drafting.emails import AUTHOR
from products.models import AuthorInvitation

if TYPE_CHECKING:
    from django.db.models import Model

Reason = InboundMail.Reason


def answer_invitation(delivery: Delivery) -> Model:
    """Take a yes or a no in the first line. Whatever is neither goes back with how to say it: words are never guessed at."""
    asked, person = delivery.address.target if delivery.address else None, delivery.person
    if not isinstance(asked, AuthorInvitation) or person is None or asked.person_id != person.pk:
        raise MailNotTaken(Reason.NOT_OPEN)
    first = next((line for line in delivery.parsed.new_text.splitlines() if line.strip()), "")
    word = said_in(first)
    if word == Word.UNCLEAR:
        raise MailNotTaken(Reason.NOT_CLEAR, why=_("Write “yes” or “no”, alone in the first line."))
    try:
        naming.answer(asked, by=person, is_yes=word == Word.YES, via=Via.MAIL)
    except TransitionRefused as over:
        raise MailNotTaken(Reason.NOT_OPEN, why=_("It has been answered already, or was taken back.")) from over
    return asked


inbound.add(AUTHOR, Door(answer_invitation))
