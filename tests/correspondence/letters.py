"""Letters as a mail program writes them, and the addresses they go to."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
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


def parcel(sender: str, to: str, words: str = "Here they are.", *files: tuple[bytes, str], html: str = "", **headers: str) -> bytes:
    """One mail with files, each given as content and name; those that `html` shows (`cid:<name>`) stand among its words."""
    message = message_from_bytes(letter(sender, to, words, **headers), policy=default)
    if html:
        message.add_alternative(html, subtype="html")
    for content, name in files:
        if f"cid:{name}" in html:
            message.get_payload()[1].add_related(content, "image", "png", cid=f"<{name}>", filename=name, disposition="inline")
    for content, name in files:
        if f"cid:{name}" not in html:
            message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()
