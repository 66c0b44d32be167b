"""Letters as a mail program writes them, and the addresses they go to."""

from __future__ import annotations

from email.message import EmailMessage
from email.utils import make_msgid

from correspondence.models import ReplyAddress


def letter(sender: str, to: str, words: str = "Yes, gladly.", **headers: str) -> bytes:
    """One mail; keywords are headers with _ for -, an empty one is left out."""
    message = EmailMessage()
    told = {
        "From": sender,
        "To": to,
        "Subject": "Re: Our survey",
        "Message-ID": make_msgid(domain="mailbox.example.org"),
        "In-Reply-To": "<post-1@mail.example.org>",
    }
    told |= {name.replace("_", "-"): value for name, value in headers.items()}
    for name, value in told.items():
        if value:
            message[name] = value
    message.set_content(words)
    return message.as_bytes()


def reply_address(person, thread) -> str:
    """Where this person's mail program sends an answer in this thread."""
    return f"{ReplyAddress.objects.of('reply', person, thread).local_part}@mail.example.org"
