"""Whether and to whom we write about a mail that was not simply done. At most once a mail, never to a machine, never without end."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import connection
from django.utils import timezone

from correspondence import outbox
from correspondence.inbound import loops
from correspondence.inbound.files import left_files
from correspondence.inbound.registry import keepers
from correspondence.models import InboundMail
from foundation.owners import account_at

if TYPE_CHECKING:
    from correspondence.inbound.registry import Delivery, Door

ANSWERS_A_DAY = {"known": 20, "unproven": 5, "stranger": 3}  # unproven: anybody can write in a member's name to a plain address
STRANGERS_A_DAY = 200
Outcome, Reason = InboundMail.Outcome, InboundMail.Reason


def answer(mail: InboundMail) -> None:
    """Post the notice that this mail needs, inside the transaction that settled it."""
    if mail.outcome == Outcome.HELD and mail.person_id is None:
        _tell_its_keepers(mail)
    elif mail.outcome == Outcome.HELD and not _would_wake_a_machine(mail):
        _tell_of_held(mail)
    elif mail.outcome == Outcome.REFUSED:
        _return_the_words(mail)


def tell_of_left_files(delivery: Delivery, door: Door, *, is_any_kept: bool) -> None:
    """Tell a member which files of a mail that was done stay behind: those that did not pass, or all where its door has no place for any."""
    mail, person = delivery.mail, delivery.person
    if person is None or door.wordless or not delivery.parsed.own_leaves:
        return
    words_only = not door.takes_files or (bool(delivery.brought.files) and not is_any_kept)
    if not left_files(delivery.brought, words_only=words_only):
        return
    if _may_answer(f"person {person.pk}", InboundMail.objects.filter(person=person), "known"):
        outbox.post("mail_files_left", person, key=f"mail-files-left:{mail.pk}", inbound=mail.pk, words_only=words_only)
        _mark(mail)


def _would_wake_a_machine(mail: InboundMail) -> bool:
    """A program would answer the notice, too: what may be one's word waits on the desk, unsaid; of too many the first is told of."""
    if mail.reason == Reason.TOO_MANY:
        return not loops.is_first_of_many(mail)
    return mail.reason in {Reason.SAME_AGAIN, Reason.PERHAPS_AUTOMATIC}


def _tell_of_held(mail: InboundMail) -> None:
    """To the person whose address was written to, at their main address: whoever sent it may be somebody else."""
    limit = "unproven" if mail.reason == Reason.NOT_PROVEN else "known"
    if _may_answer(f"person {mail.person_id}", InboundMail.objects.filter(person=mail.person_id), limit):
        outbox.post("mail_held", mail.person, key=f"mail-held:{mail.pk}", inbound=mail.pk)
        _mark(mail)


def _tell_its_keepers(mail: InboundMail) -> None:
    """To those who look after what it was sent to: it is nobody's own."""
    target = mail.target
    if target is not None and target._meta.label_lower in keepers:
        keepers[target._meta.label_lower](mail)


def _return_the_words(mail: InboundMail) -> None:
    """To the address it came from."""
    if not mail.sender:
        return
    owner = account_at(mail.sender)
    from_sender = InboundMail.objects.filter(sender=mail.sender)
    if not _may_answer(mail.sender, from_sender, "known" if owner else "stranger"):
        return
    if owner is None and not _may_answer_strangers():
        return
    if from_sender.filter(identity=mail.identity, answered=True).exists():  # it was sent to several addresses of ours
        return
    outbox.post("mail_returned", owner, address=mail.sender, key=f"mail-returned:{mail.pk}", inbound=mail.pk)
    _mark(mail)


def _may_answer(who: str, theirs: object, limit: str) -> bool:
    """Whether fewer notices than the day's limit went there. Those who ask at once pass one by one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"answer to {who}"])
    a_day_ago = timezone.now() - timedelta(days=1)
    return theirs.filter(answered=True, received_at__gte=a_day_ago).count() < ANSWERS_A_DAY[limit]  # type: ignore[attr-defined,no-any-return]


def _may_answer_strangers() -> bool:
    a_day_ago = timezone.now() - timedelta(days=1)
    to_strangers = InboundMail.objects.filter(answered=True, person=None, outcome=Outcome.REFUSED, received_at__gte=a_day_ago)
    return to_strangers.count() < STRANGERS_A_DAY


def _mark(mail: InboundMail) -> None:
    mail.answered = True
    mail.save(update_fields=["answered"])
