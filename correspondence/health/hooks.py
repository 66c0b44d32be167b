"""What mail providers tell by webhook: mail that came in takes the one road, what came back is noted of its address.

Who calls is proved by django-anymail's checks (a signature, or the secret in the address); what it understood arrives here. Opens and
clicks are not looked at, whatever a provider is set to tell.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from email import policy
from typing import Any

from anymail.signals import AnymailInboundEvent, EventType, RejectReason  # type: ignore[import-untyped]  # it has no types

from correspondence import preferences
from correspondence.health import reports, workflow
from correspondence.health.bounces import REPLY, STATUS, kind_of
from correspondence.health.workflow import Failure
from correspondence.inbound.receiving import receive, recipients_of
from correspondence.models import MailFailure

Kind = MailFailure.Kind
OF_THE_DAY = re.compile(r"soft|transient|tempor", re.IGNORECASE)
RAW = ("RawEmail", "body-mime", "email")  # where Postmark, Mailgun and SendGrid put the mail as it came
KIND_OF_REASON = {
    RejectReason.INVALID: Kind.HARD,
    RejectReason.TIMED_OUT: Kind.SOFT,
    RejectReason.BLOCKED: Kind.POLICY,
    RejectReason.SPAM: Kind.COMPLAINT,
}


def take(event: Any, provider: str) -> None:
    """Do what one event of a provider asks."""
    if isinstance(event, AnymailInboundEvent):
        _take_mail(event)
    else:
        _take_news(event, provider)


def _take_mail(event: Any) -> None:
    message = event.message
    if event.event_type != EventType.INBOUND or message is None:
        return
    raw = _raw_of(event)
    told = [address.strip() for address in (message.envelope_recipient or "").split(",") if address.strip()]
    sender = "<>" if message.envelope_sender == "" else message.envelope_sender
    for recipient in told or recipients_of(raw) or [""]:
        receive(raw, recipient, envelope_sender=sender)


def _raw_of(event: Any) -> bytes:
    """The mail as it came, where the provider has it; else as django-anymail put it together again."""
    if as_it_came := getattr(event.esp_event, "raw_mail", None):
        return bytes(as_it_came)
    told = event.esp_event
    whole = next((told[name] for name in RAW if isinstance(told, Mapping) and isinstance(told.get(name), str)), None)
    if whole is not None:
        return str(whole).encode("utf-8", "surrogateescape")
    try:
        return bytes(event.message.as_bytes())
    except (LookupError, ValueError, TypeError):  # headers that were put together, and can only be said in UTF-8
        return bytes(event.message.as_bytes(policy=policy.SMTPUTF8))


def _take_news(event: Any, provider: str) -> None:
    mail = reports.mail_of_message_id(str(event.message_id or ""))
    failure = _failure_of(event)
    if failure is not None and mail is not None:
        reports.follow(mail, failure)
    elif failure is not None and event.recipient:
        report = event.event_id or event.timestamp or event.message_id
        workflow.note(event.recipient, failure._replace(identity=f"{provider}:{report}:{event.recipient}"))
    elif event.event_type == EventType.DELIVERED and event.recipient:
        workflow.note_arrival(event.recipient)
    elif event.event_type == EventType.UNSUBSCRIBED and mail is not None and preferences.can_be_switched_off(mail):
        preferences.unsubscribe(mail)


def _failure_of(event: Any) -> Failure | None:
    if event.event_type == EventType.COMPLAINED:
        return Failure(Kind.COMPLAINT, str(event.description or ""))
    if event.event_type not in {EventType.BOUNCED, EventType.REJECTED, EventType.FAILED}:
        return None
    words = str(event.mta_response or event.description or "")
    return Failure(_kind_of(event, words), words)


def _kind_of(event: Any, words: str) -> str:
    if event.reject_reason in KIND_OF_REASON:
        return KIND_OF_REASON[event.reject_reason]
    if event.event_type == EventType.FAILED:  # of the provider's own making
        return Kind.POLICY
    if STATUS.search(words) or REPLY.search(words):
        return kind_of("", words)
    return Kind.SOFT if OF_THE_DAY.search(f"{words} {event.description or ''}") else Kind.HARD
