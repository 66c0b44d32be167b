"""Raw bytes into a `ParsedMail`. Nothing that a stranger writes may crash this, hang it or fill the memory."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage, Message
from email.utils import getaddresses
from functools import cached_property
from itertools import islice

from correspondence.inbound.plain import tidy, to_plain
from correspondence.inbound.quoting import split_reply

MAX_BYTES = 10 * 1024 * 1024
MAX_PARTS = 100
MAX_TEXT = 100_000
MAX_HEADER = 4_000
MAX_HEADERS = 64_000
MESSAGE_ID = re.compile(r"<[^<>\s]{1,250}>")


@dataclass(frozen=True)
class ParsedMail:
    """One mail as far as we use it. Header values are plain text without control characters."""

    message: EmailMessage
    message_id: str
    references: tuple[str, ...]
    senders: tuple[str, ...]
    subject: str
    text: str
    attachments: tuple[str, ...]

    @property
    def sender(self) -> str:
        """The one address in its From, in lower case; empty when there is none, or more than one."""
        return self.senders[0] if len(self.senders) == 1 else ""

    @cached_property
    def _split(self) -> tuple[str, str]:
        return split_reply(self.text)

    @property
    def new_text(self) -> str:
        """What was written now. In doubt it is everything."""
        return self._split[0]

    @property
    def folded_text(self) -> str:
        """What was quoted below, to be shown folded."""
        return self._split[1]

    def header(self, name: str) -> str:
        return header_of(self.message, name)


def parse(raw: bytes) -> ParsedMail:
    """Take a mail apart; whatever cannot be read is left empty."""
    message = message_of(raw)
    text, attachments = _words(message)
    return ParsedMail(
        message=message,
        message_id=message_id_of(message),
        references=references_of(message),
        senders=tuple(addresses_in(headers_of(message, "From"))),
        subject=header_of(message, "Subject"),
        text=text,
        attachments=attachments,
    )


def message_of(raw: bytes) -> EmailMessage:
    """Return the message, read leniently; what is nested too deeply for a reader is taken as one text after its headers."""
    try:
        message: Message = email.message_from_bytes(raw[:MAX_BYTES], policy=policy.default)
    except RecursionError:
        message = email.message_from_bytes(raw[:MAX_HEADERS].partition(b"\n\n")[0], policy=policy.default)
        message.set_payload(raw[:MAX_TEXT].decode("utf-8", "replace"))
    return message if isinstance(message, EmailMessage) else EmailMessage()


def header_of(message: Message, name: str) -> str:
    """Return one header as a line of text, decoded as far as it can be."""
    try:
        value = str(message.get(name, ""))
    except Exception:  # noqa: BLE001  the parser of headers raises half a dozen kinds of errors on nonsense
        value = next((str(raw) for key, raw in message.raw_items() if key.lower() == name.lower()), "")
    return one_line(value)[:MAX_HEADER]


def headers_of(message: Message, name: str) -> list[str]:
    """Return every header of that name, undecoded."""
    return [one_line(str(raw))[:MAX_HEADER] for key, raw in message.raw_items() if key.lower() == name.lower()]


def one_line(value: str) -> str:
    """Return text that the database and a header take: no control characters, no half characters."""
    cleaned = value.encode("utf-8", "replace").decode("utf-8")
    return re.sub(r"[\x00-\x1f\x7f]+", " ", cleaned).strip()


def message_id_of(message: Message) -> str:
    """Return the Message-ID, or nothing when there is none worth the name."""
    found = MESSAGE_ID.search(header_of(message, "Message-ID"))
    return found.group() if found else ""


def references_of(message: Message) -> tuple[str, ...]:
    """Return the ids of the mails which this one answers, the nearest last."""
    told = f"{header_of(message, 'References')} {header_of(message, 'In-Reply-To')}"
    return tuple(dict.fromkeys(MESSAGE_ID.findall(told)))


def addresses_in(values: list[str]) -> list[str]:
    """Return the addresses of some address headers, in lower case, each once."""
    found = (address.lower() for _name, address in getaddresses(values) if "@" in address)
    return list(dict.fromkeys(one_line(address) for address in islice(found, 100)))


def _words(message: EmailMessage) -> tuple[str, tuple[str, ...]]:
    """Return the text, and the names of what else came along."""
    texts, attachments = [], []
    for part in _readable_parts(message):
        if part.get_content_disposition() == "attachment" or part.get_content_maintype() != "text":
            attachments.append(_name_of(part))
        else:
            texts.append(tidy(_text_of(part)))
    return "\n\n".join(text for text in texts if text)[:MAX_TEXT], tuple(attachments)


def _readable_parts(message: Message) -> Iterator[Message]:
    """Every leaf, at most 100 of them, without the worse halves of alternatives: plain text is taken before HTML."""
    seen = 0
    stack: list[Message] = [message]
    while stack and seen < MAX_PARTS:
        part = stack.pop()
        seen += 1
        inner = part.get_payload() if part.is_multipart() else None
        if not isinstance(inner, list):
            yield part
        elif part.get_content_type() == "multipart/alternative":
            stack.append(_best_of([one for one in inner if isinstance(one, Message)]) or Message())
        elif part.get_content_type() == "message/rfc822":
            yield part
        else:
            stack += [one for one in reversed(inner[:MAX_PARTS]) if isinstance(one, Message)]


def _best_of(alternatives: list[Message]) -> Message | None:
    plain = next((part for part in alternatives if part.get_content_type() == "text/plain" and _text_of(part).strip()), None)
    return plain or (alternatives[-1] if alternatives else None)


def _text_of(part: Message) -> str:
    payload = part.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else str(part.get_payload()).encode("utf-8", "replace")
    text = decoded(raw[: MAX_TEXT * 8], part.get_content_charset("utf-8") or "utf-8")
    return to_plain(text) if part.get_content_type() == "text/html" else text


def decoded(raw: bytes, charset: str) -> str:
    """Decode by the charset that was named; when that is wrong or unknown, as UTF-8, and at last as what old mail programs sent."""
    for name in (charset, "utf-8"):
        try:
            return raw.decode(name)
        except (LookupError, ValueError):
            continue
    return raw.decode("cp1252", "replace")


def _name_of(part: Message) -> str:
    try:
        name = part.get_filename() or ""
    except Exception:  # noqa: BLE001  as above: a broken parameter must not cost the mail
        name = ""
    return one_line(name)[:120] or part.get_content_type()
