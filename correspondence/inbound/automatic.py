"""Mail that no person wrote: our own come back, delivery reports, automatic answers. It is kept, and never answered (RFC 3834)."""

from __future__ import annotations

import re

from django.conf import settings

from correspondence.health import bounces, reports
from correspondence.inbound.loops import is_ours_again
from correspondence.inbound.parsing import ParsedMail
from correspondence.models import InboundMail

Reason = InboundMail.Reason
OUR_MESSAGE_ID = re.compile(r"[a-z2-7]{33,45}|(post|thread)-[0-9]+")
MACHINE_SENDER = re.compile(
    r"^(mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?|autoreply|auto-reply)([+.-].*)?@", re.IGNORECASE
)
# What programs write over an automatic answer when they set no header for it.
MACHINE_SUBJECT = re.compile(
    r"^\s*(auto(matic|matische|matisch)?[ -]?(reply|response|antwort|antwoord|svar)\b|automated reply|out of (the )?office\b|"
    r"ooo:|abwesenheits|abwesend\b|automatische antwort|r[ée]ponse automatique|absence du bureau|respuesta autom[áa]tica|"
    r"fuera de la oficina|risposta automatica|fuori ufficio|resposta autom[áa]tica|afwezig|automatisch antwoord|"
    r"autosvar|frånvaro|automatisk svar|automatyczna odpowied|自動返信|不在通知)",
    re.IGNORECASE,
)


def why_automatic(mail: ParsedMail, envelope_sender: str | None) -> str:
    """Return the reason for which this mail is a machine's, or an empty text. `envelope_sender` None means that nobody told us."""
    if _is_ours(mail) or is_ours_again(mail):
        return Reason.OWN_MAIL
    if reports.is_complaint(mail):
        return Reason.COMPLAINT
    if _is_report(mail) or envelope_sender == "<>" or mail.header("Return-Path") == "<>":
        return Reason.BOUNCE
    return Reason.AUTOMATIC if _is_answering_machine(mail) else ""


def _is_ours(mail: ParsedMail) -> bool:
    """Told by the shape of our own Message-IDs: people of the support team may well have addresses at our domain."""
    local_part, _at, domain = mail.message_id.strip("<>").partition("@")
    return domain.lower() == settings.MAIL_DOMAIN.lower() and bool(OUR_MESSAGE_ID.fullmatch(local_part))


def _is_report(mail: ParsedMail) -> bool:
    is_report = mail.message.get_content_type() == "multipart/report" or "x-failed-recipients" in mail.message
    return is_report or (bool(MACHINE_SENDER.match(mail.sender)) and bounces.looks_like_failure(mail))


def _is_answering_machine(mail: ParsedMail) -> bool:
    auto_submitted = mail.header("Auto-Submitted").lower().partition(";")[0].strip()
    return (
        auto_submitted not in {"", "no"}
        or mail.header("Precedence").lower() in {"bulk", "junk", "auto_reply", "list"}
        or any(name in mail.message for name in ("X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Auto-Reply", "List-Id"))
        or mail.header("X-Auto-Response-Suppress").lower() in {"all", "oof"}
        or bool(MACHINE_SENDER.match(mail.sender))
        or bool(MACHINE_SUBJECT.match(mail.subject))
    )
