"""The answer to a mail that says "a mail of yours waits": yes posts it, no throws it away, and what is neither is asked back once.

Who answers is told twice: by the address, which is a secret of that one notice, and by the sender, who is the very person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from correspondence import addresses, outbox
from correspondence.inbound import confirming
from correspondence.inbound.authentication import fails_dmarc
from correspondence.inbound.emails import CONFIRM
from correspondence.inbound.registry import Delivery, Door, MailNotTaken, inbound
from correspondence.inbound.yes_or_no import Word, said_in
from correspondence.models import InboundMail
from foundation.models import Via
from foundation.owners import owner_of
from foundation.workflow import TransitionRefused

if TYPE_CHECKING:
    from django.db.models import Model

    from ambassadors.models import User

Outcome, Reason = InboundMail.Outcome, InboundMail.Reason
DONE = {Word.YES: Outcome.POSTED, Word.NO: Outcome.DISCARDED}


def confirm(delivery: Delivery) -> Model | None:
    """Do with the mail that waits what its person answers. Said twice, it is done once; it returns what the mail became."""
    notice = addresses.mail_of(delivery.token, CONFIRM)
    mail = InboundMail.objects.filter(pk=notice.about.get("inbound")).first() if notice else None
    if notice is None or notice.person is None or mail is None or mail.person_id != notice.person.pk:
        raise MailNotTaken(Reason.UNKNOWN_ADDRESS)
    _check_who_speaks(delivery, notice.person)
    delivery.mail.person = notice.person
    return _done(mail, said_in(delivery.parsed.new_text), by=notice.person)


def _check_who_speaks(delivery: Delivery, person: User) -> None:
    """No answer is held in its turn: a program that answers everything would never come to an end."""
    if not person.is_member:
        raise MailNotTaken(Reason.NOT_A_MEMBER)
    if owner_of(delivery.parsed.sender) != person.pk:
        raise MailNotTaken(Reason.UNVERIFIED_SENDER)
    if fails_dmarc(delivery.parsed):
        raise MailNotTaken(Reason.FAILED_CHECKS)


def _done(mail: InboundMail, word: Word, *, by: User) -> Model | None:
    if word == Word.UNCLEAR:
        _ask_back(mail, by)
        return None
    if mail.outcome == DONE[word]:
        return _made_of(mail)
    try:
        if word == Word.NO:
            confirming.discard_held(mail, by=by, via=Via.MAIL)
            return None
        return _made_of(confirming.post_yet(mail, by=by, via=Via.MAIL))
    except TransitionRefused as refused:
        raise MailNotTaken(Reason.NOT_OPEN, why=_why_not(mail, refused)) from refused


def _ask_back(mail: InboundMail, person: User) -> None:
    """Once: whoever does not say yes or no then finds the mail on the web."""
    if not mail.is_held or outbox.post("mail_held", person, key=f"mail-held-again:{mail.pk}", inbound=mail.pk, again=True) is None:
        raise MailNotTaken(Reason.NOT_CLEAR, outcome=Outcome.IGNORED)


def _why_not(mail: InboundMail, refused: TransitionRefused) -> str:
    if mail.outcome == Outcome.POSTED:
        return _("You have said yes to it before, so it is posted. You can take it back where it stands.")
    if mail.outcome == Outcome.DISCARDED:
        return _("It was thrown away before, and its words are gone.")
    return str(refused.args[0]) if refused.args else _("It can no longer be posted.")


def _made_of(mail: InboundMail) -> Model | None:
    made: Model | None = mail.target
    return made


inbound.add(CONFIRM, Door(confirm, own_tokens=True, wordless=True))
