"""Which mail of ours a report speaks of, and what follows from it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.conf import settings

from correspondence import addresses, delivery
from correspondence.health import workflow
from correspondence.health.bounces import failure_in, parts_of
from correspondence.health.workflow import Failure
from correspondence.models import MailFailure, OutgoingMail

if TYPE_CHECKING:
    from email.message import Message

    from correspondence.inbound.parsing import ParsedMail

Kind = MailFailure.Kind
MOST_TEXT = 200_000
MOST_TOKENS = 20
UNWANTED = {"abuse", "fraud", "opt-out", "opt-out-list", "virus", "other", "miscategorized"}
MESSAGE_ID = "message-id"


def take(report: ParsedMail, mail: OutgoingMail | None = None) -> OutgoingMail | None:
    """Note what a report says of a mail of ours, and return that mail; None when it says nothing, or of no mail of ours.

    `mail` is the one whose own bounce address the report came to. Wherever else it comes, what it returns of the mail must hold
    one of that mail's tokens: nobody stops the mail of another by a report they made up.
    """
    complaint = is_complaint(report)
    failure = Failure(Kind.COMPLAINT, feedback_type(report)) if complaint else failure_in(report)
    if failure is None or (complaint and failure.words not in UNWANTED):
        return None
    mail = mail or mail_behind(report)
    if mail is None:
        return None
    follow(mail, failure)
    return mail


def follow(mail: OutgoingMail, failure: Failure) -> None:
    """Note a failure of one mail at its address; what did not arrive is marked so in the outbox."""
    if failure.kind != Kind.COMPLAINT:
        delivery.bounced(mail, failure.words)
    workflow.note(mail.recipient, failure, mail=mail)


def is_complaint(mail: ParsedMail) -> bool:
    """Whether it is a report of RFC 5965: somebody pressed "this is spam"."""
    return any(part.get_content_type() == "message/feedback-report" for part in parts_of(mail.message))


def feedback_type(mail: ParsedMail) -> str:
    """What kind of complaint it is; "not-spam" is none."""
    told = (str(part.get("Feedback-Type", "")).strip().lower() for part in parts_of(mail.message))
    return next((kind for kind in told if kind), "")


def mail_behind(report: ParsedMail) -> OutgoingMail | None:
    """Return the mail of ours that a report returns, by the tokens in its headers: they cannot be made up."""
    text = "\n".join(_text_of(part) for part in parts_of(report.message))[:MOST_TEXT].lower()
    found = list(dict.fromkeys(_tokens().findall(text)))[:MOST_TOKENS]
    for prefix, own, plain in found:
        mail = addresses.mail_of(own, prefix) if prefix else addresses.mail_of(plain, MESSAGE_ID)
        if mail is not None:
            return mail
    return None


def mail_of_message_id(message_id: str) -> OutgoingMail | None:
    """Return the mail of ours with this Message-ID, or None."""
    found = _tokens().search(f"<{message_id.strip().strip('<>').lower()}>")
    return addresses.mail_of(found.group(3), MESSAGE_ID) if found and found.group(3) else None


def _tokens() -> re.Pattern[str]:
    domain = re.escape(settings.MAIL_DOMAIN.lower())
    return re.compile(rf"(bounce|unsubscribe)\+([a-z2-7]{{33,45}})@{domain}|<([a-z2-7]{{33,45}})@{domain}>")


def _text_of(part: Message) -> str:
    """The headers of a part, and its words where it holds no further parts."""
    headers = "\n".join(f"{name}: {value}" for name, value in part.raw_items())
    payload = None if part.is_multipart() else part.get_payload(decode=True)
    words = payload[:MOST_TEXT].decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    return f"{headers}\n{words}"
