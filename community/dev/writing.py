"""Letters as a mail program writes them (RFC 5322), and the road of all incoming mail, on which they go."""

from __future__ import annotations

import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formataddr, formatdate, make_msgid

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from correspondence.inbound.parsing import ParsedMail, addresses_in
from correspondence.inbound.receiving import receive
from correspondence.models import InboundMail

HOST = "mailbox.localhost"  # what was written here is known by it


@dataclass(frozen=True)
class Writing:
    """What somebody writes. `dmarc` is what our own mail server finds of where it comes from: pass, fail, or nothing."""

    name: str
    sender: str
    to: str
    subject: str
    words: str
    files: Sequence[UploadedFile] = ()
    dmarc: str = "pass"


def answer_of(mail: ParsedMail) -> tuple[str, str]:
    """Return whom an answer goes to, and its subject."""
    subject = mail.subject
    return mail.header("Reply-To") or mail.header("From"), subject if subject.lower().startswith("re:") else f"Re: {subject}"


def as_mail(writing: Writing, answering: ParsedMail | None = None) -> bytes:
    """Return the letter; one that answers another has that quoted below, and is threaded with it."""
    message = EmailMessage()
    message["From"] = formataddr((writing.name, writing.sender))
    message["To"] = writing.to
    message["Subject"] = writing.subject
    message["Date"] = formatdate()
    message["Message-ID"] = make_msgid(domain=HOST)
    words = writing.words.strip()
    if answering is not None:
        if answering.message_id:
            message["In-Reply-To"] = answering.message_id
            message["References"] = " ".join(dict.fromkeys([*answering.references, answering.message_id]))
        words = f"{words}\n\nOn {answering.header('Date')}, {answering.header('From')} wrote:\n\n{_quoted(answering.text)}"
    message.set_content(f"{words}\n")
    for file in writing.files:
        _attach(message, file)
    return _checked_by_our_server(writing) + message.as_bytes()


def send(raw: bytes, writing: Writing) -> list[InboundMail]:
    """Deliver a letter to each address of ours that it names, as the mail server of the site would."""
    return [receive(raw, recipient, envelope_sender=writing.sender) for recipient in ours_in(writing.to)]


def ours_in(to: str) -> list[str]:
    """Return those addresses of a line that the site itself reads."""
    return [address for address in addresses_in([to]) if address.endswith(f"@{settings.MAIL_DOMAIN.lower()}")]


def _attach(message: EmailMessage, file: UploadedFile) -> None:
    """The type follows from the name, as in a mail program."""
    kind, _encoding = mimetypes.guess_type(file.name or "")
    main, _slash, sub = (kind or "application/octet-stream").partition("/")
    message.add_attachment(file.read(), maintype=main, subtype=sub, filename=file.name)


def _checked_by_our_server(writing: Writing) -> bytes:
    """The line that the mail server of a real site puts on top of what comes in (RFC 8601)."""
    if not writing.dmarc or not settings.INBOUND_AUTHSERV_ID:
        return b""
    domain = writing.sender.partition("@")[2]
    return f"Authentication-Results: {settings.INBOUND_AUTHSERV_ID}; dmarc={writing.dmarc} header.from={domain}\n".encode()


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))
