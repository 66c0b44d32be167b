"""What would become of a mail, without anything becoming of it."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models, transaction

from correspondence.inbound.parsing import ParsedMail, one_line, parse
from correspondence.inbound.receiving import Verdict, judged, recipients_of, row_of
from correspondence.models import InboundMail
from foundation.uploads import only_kept_files


def explain(raw: bytes, recipient: str = "", *, envelope_sender: str | None = None) -> dict[str, Any]:
    """Return what the site makes of a mail. The doors really do what it asks; then all that they wrote is taken back.

    Without `recipient` the mail's own headers tell it. Nothing is sent: what the outbox got is taken back, too, and no file is kept.
    """
    recipient = one_line(recipient) or next(iter(recipients_of(raw)), "")
    with only_kept_files(), transaction.atomic():
        mail = InboundMail(identity=f"explained:{uuid.uuid4()}", recipient=recipient.strip("<>").lower()[:320])
        for name, value in row_of(raw, envelope_sender).items():
            setattr(mail, name, value)
        mail.save()
        parsed = parse(raw)
        told = _told(mail, parsed, _verdict(mail, parsed, envelope_sender))
        transaction.set_rollback(True)
    return told


def _verdict(mail: InboundMail, parsed: ParsedMail, envelope_sender: str | None) -> Verdict:
    """Return what the doors say; that our own software fails on a mail is a verdict, too."""
    try:
        with transaction.atomic():
            return judged(mail, parsed, envelope_sender)
    except Exception as error:  # noqa: BLE001  whoever asks wants to know of each kind of failure
        return Verdict(InboundMail.Outcome.REFUSED, InboundMail.Reason.OUR_FAULT, why=f"{type(error).__name__}: {error}")


def _told(mail: InboundMail, parsed: ParsedMail, verdict: Verdict) -> dict[str, Any]:
    return {
        "outcome": str(verdict.outcome),
        "reason": str(verdict.reason),
        "why": verdict.why,
        "recipient": mail.recipient,
        "sender": mail.sender,
        "member": mail.person.email if mail.person else None,
        "target": _named((mail.address.target if mail.address else None) or verdict.target),
        "new": parsed.new_text,
        "folded": parsed.folded_text,
        "attachments": list(parsed.attachments),
        "set_aside": list(parsed.set_aside),
    }


def _named(target: models.Model | None) -> dict[str, Any] | None:
    """Return what a mail is about: which kind of thing, which one, and its name."""
    return {"kind": target._meta.label_lower, "id": target.pk, "name": str(target)} if target is not None else None
