"""An answer as a mail program writes it (RFC 5322)."""

from __future__ import annotations

from email.message import EmailMessage
from email.utils import formataddr, formatdate, make_msgid

from correspondence.inbound.parsing import ParsedMail


def answer_to(mail: ParsedMail, *, name: str, address: str, words: str) -> bytes:
    """Return the answer to `mail` from one person, with what it answers quoted below."""
    subject = mail.subject
    answer = EmailMessage()
    answer["From"] = formataddr((name, address))
    answer["To"] = mail.header("Reply-To") or mail.header("From")
    answer["Subject"] = subject if subject.lower().startswith("re:") else f"Re: {subject}"
    answer["Date"] = formatdate()
    answer["Message-ID"] = make_msgid(domain="mailbox.localhost")
    if mail.message_id:
        answer["In-Reply-To"] = mail.message_id
        answer["References"] = " ".join(dict.fromkeys([*mail.references, mail.message_id]))
    answer.set_content(f"{words.strip()}\n\nOn {mail.header('Date')}, {mail.header('From')} wrote:\n\n{_quoted(mail.text)}\n")
    return answer.as_bytes()


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))
