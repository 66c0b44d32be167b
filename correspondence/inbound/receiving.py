"""The one road for mail that comes in: store, commit, then look at it."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone

from correspondence.health import reports
from correspondence.inbound import answers, loops
from correspondence.inbound.authentication import fails_dmarc
from correspondence.inbound.automatic import why_automatic
from correspondence.inbound.parsing import (
    MAX_BYTES,
    ParsedMail,
    addresses_in,
    header_of,
    headers_of,
    message_id_of,
    message_of,
    one_line,
)
from correspondence.inbound.registry import Delivery, Door, MailNotTaken, door_of, split_recipient
from correspondence.models import InboundMail, ReplyAddress
from correspondence.querysets_inbound import TRIES
from foundation.owners import owner_of
from foundation.uploads import only_kept_files, uploads_are_kept

if TYPE_CHECKING:
    from ambassadors.models import User

logger = logging.getLogger(__name__)
Outcome, Reason, State = InboundMail.Outcome, InboundMail.Reason, InboundMail.State
KEPT_OF_TOO_LARGE = 256 * 1024
HEADERS_WITH_RECIPIENT = ("X-Original-To", "Delivered-To", "Envelope-To", "To", "Cc")


@dataclass(frozen=True)
class Verdict:
    """What becomes of a mail."""

    outcome: str
    reason: str = ""
    target: models.Model | None = None
    why: str = ""


def receive(raw: bytes, recipient: str, *, envelope_sender: str | None = None) -> InboundMail:
    """Store one mail, commit, and then do what it asks. Once this returns, the mail is ours and cannot be lost.

    Delivering it again, also in parallel, changes nothing. When our software fails on it, the row waits for the sweep.
    """
    mail = store(raw, recipient, envelope_sender=envelope_sender)
    settle(mail.pk, envelope_sender=envelope_sender)
    mail.refresh_from_db()
    return mail


def store(raw: bytes, recipient: str, *, envelope_sender: str | None = None) -> InboundMail:
    """Commit the raw mail as a row, or return the row that it has already."""
    message = message_of(raw)
    with transaction.atomic(durable=True):
        mail, _is_new = InboundMail.objects.get_or_create(
            identity=message_id_of(message) or f"sha256:{hashlib.sha256(raw).hexdigest()}",
            recipient=one_line(recipient).strip("<>").lower()[:320],
            defaults=row_of(raw, envelope_sender),
        )
    return mail


def row_of(raw: bytes, envelope_sender: str | None) -> dict[str, Any]:
    """Return what is kept of a mail before anybody looks at its words."""
    message = message_of(raw)
    senders = addresses_in(headers_of(message, "From"))
    return {
        "raw": raw if len(raw) <= MAX_BYTES else raw[:KEPT_OF_TOO_LARGE],
        "size": len(raw),
        "is_cut": len(raw) > MAX_BYTES,
        "envelope_sender": one_line(envelope_sender or header_of(message, "Return-Path"))[:320],
        "sender": senders[0][:320] if len(senders) == 1 else "",
    }


def recipients_of(raw: bytes) -> list[str]:
    """Return the addresses of ours that a mail without a known envelope was sent to."""
    message = message_of(raw)
    ours = f"@{settings.MAIL_DOMAIN.lower()}"
    for name in HEADERS_WITH_RECIPIENT:
        found = [address for address in addresses_in(headers_of(message, name)) if address.endswith(ours)]
        if known := [address for address in found if door_of(address)]:
            return known
    return found[:1]


def settle(mail_pk: int, *, envelope_sender: str | None = None) -> None:
    """Do what one stored mail asks, unless that is done or being done; a failure of ours leaves it to the sweep."""
    if not InboundMail.objects.claim(mail_pk):
        return
    try:
        with only_kept_files(), transaction.atomic():
            # Whoever lost their lease while working waits here, and then finds the row settled.
            mail = (
                InboundMail.objects.select_for_update(no_key=True, of=("self",)).select_related("address__person").get(pk=mail_pk)
            )
            if mail.state == State.RECEIVED:
                _settle(mail, envelope_sender)
    except Exception:
        logger.exception("Mail %s could not be worked on.", mail_pk)
        _give_up_after_some_tries(mail_pk)


def _settle(mail: InboundMail, envelope_sender: str | None) -> None:
    parsed = mail.parsed()
    verdict = judged(mail, parsed, envelope_sender)
    _close(mail, verdict)
    answers.answer(mail)


def judged(mail: InboundMail, parsed: ParsedMail, envelope_sender: str | None) -> Verdict:
    """Return what becomes of a stored mail, having let its door do what it asks. Sets whose it is."""
    door = door_of(mail.recipient)
    automatic = why_automatic(parsed, envelope_sender or mail.envelope_sender or None)
    if automatic and not (door and door.takes_automatic and automatic != Reason.OWN_MAIL):
        # Some mail servers report to the address in From, and not to the one of the envelope.
        told = reports.take(parsed) if automatic in {Reason.BOUNCE, Reason.COMPLAINT} else None
        return Verdict(Outcome.IGNORED, automatic, target=told)
    if mail.is_cut:
        return Verdict(Outcome.REFUSED, Reason.TOO_LARGE)
    prefix, token = split_recipient(mail.recipient)
    if door is None:
        return Verdict(Outcome.REFUSED, Reason.UNKNOWN_ADDRESS)
    if door.own_tokens:
        return carried_out(Delivery(mail, parsed, token))
    if door.by_sender:
        return _let_in(Delivery(mail, parsed, token, member_at(mail.sender)), door)
    mail.address = ReplyAddress.objects.with_token(prefix, token, door.rows_of)
    if mail.address is None:
        return Verdict(Outcome.REFUSED, Reason.UNKNOWN_ADDRESS)
    mail.person = mail.address.person
    objection = _objection(mail, parsed, mail.person) or _objection_to_words(mail, parsed, mail.person, door)
    return objection or carried_out(Delivery(mail, parsed, token, mail.person, mail.address))


def _let_in(delivery: Delivery, door: Door) -> Verdict:
    """What becomes of a mail to an address without a secret."""
    if door.is_unknown_to(delivery):  # asked first: an empty mail, or the tenth, must not tell what a full one does not
        return Verdict(Outcome.REFUSED, Reason.UNKNOWN_ADDRESS)
    delivery.mail.person = delivery.person
    return _objection_to_words(delivery.mail, delivery.parsed, delivery.person, door) or carried_out(delivery)


def _objection(mail: InboundMail, parsed: ParsedMail, person: User) -> Verdict | None:
    """What speaks against doing what the mail asks, before anybody looks at its words."""
    if not person.is_member:
        return Verdict(Outcome.REFUSED, Reason.NOT_A_MEMBER)
    owner = owner_of(mail.sender)
    if owner is not None and owner != person.pk:
        return Verdict(Outcome.REFUSED, Reason.OTHER_MEMBER)
    if owner is None:
        return Verdict(Outcome.HELD, Reason.UNVERIFIED_SENDER)
    if fails_dmarc(parsed):
        return Verdict(Outcome.HELD, Reason.FAILED_CHECKS)
    return None


def _objection_to_words(mail: InboundMail, parsed: ParsedMail, person: User | None, door: Door) -> Verdict | None:
    """What speaks against them whoever sent them: there are none, or a machine may have written them."""
    if not door.wordless and not parsed.text.strip() and not parsed.attachments:
        return Verdict(Outcome.REFUSED, Reason.EMPTY)
    if person is None:
        return None
    if loops.looks_written_by_a_machine(mail, parsed):
        return Verdict(Outcome.HELD, Reason.PERHAPS_AUTOMATIC)
    if loops.too_many(mail, person, door):
        return Verdict(Outcome.HELD, Reason.TOO_MANY)
    return None


def member_at(address: str) -> User | None:
    """Return the active member who has verified this address."""
    owner = owner_of(address)
    found: User | None = get_user_model().objects.members().filter(pk=owner).first() if owner else None
    return found


def carried_out(delivery: Delivery) -> Verdict:
    """Let the door do it; whatever it wrote before it refused is taken back."""
    door = door_of(delivery.mail.recipient)
    assert door is not None  # noqa: S101  callers found it
    try:
        with only_kept_files() as written, transaction.atomic():
            target = door.handle(delivery)
            answers.tell_of_left_files(delivery, door, is_any_kept=uploads_are_kept(written))
            return Verdict(Outcome.POSTED, target=target)
    except MailNotTaken as refusal:
        outcome = Outcome.REFUSED if refusal.outcome == Outcome.HELD and delivery.confirmed else refusal.outcome
        return Verdict(outcome, refusal.reason, refusal.target, refusal.why)
    except PermissionDenied:
        return Verdict(Outcome.REFUSED, Reason.NOT_OPEN)


def _close(mail: InboundMail, verdict: Verdict) -> None:
    mail.state, mail.outcome, mail.reason, mail.why = State.SETTLED, verdict.outcome, verdict.reason, verdict.why[:300]
    mail.settled_at, mail.lease_until = timezone.now(), None
    if verdict.target is not None:
        mail.target = verdict.target
    mail.save()


def _give_up_after_some_tries(mail_pk: int) -> None:
    """Give the words back after the last try, so that nobody waits for an answer to a mail that our software cannot read."""
    with transaction.atomic():
        mail = InboundMail.objects.select_for_update(no_key=True, of=("self",)).get(pk=mail_pk)
        if mail.state == State.RECEIVED and mail.attempts >= TRIES:
            _close(mail, Verdict(Outcome.REFUSED, Reason.OUR_FAULT))
            InboundMail.objects.filter(pk=mail_pk).update(state=State.STUCK)
            answers.answer(mail)
