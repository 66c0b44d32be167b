"""The headers of a mail as plain text, however they are written, and a reader of mails that no mail holds up."""

from __future__ import annotations

import email
import re
from email import policy
from email.message import EmailMessage, Message
from email.utils import getaddresses
from itertools import islice

MAX_BYTES = 10 * 1024 * 1024
MAX_HEADER = 4_000
MAX_HEADER_READ = 32_000
MAX_HEADERS = 64_000
MOST_HEADERS = 4_000  # in all parts together
MOST_ROWS = 300_000  # base64 of ten megabytes has 140,000
MOST_BOUNDARIES = 2_000
TEXT_OF_UNREADABLE = 100_000
MESSAGE_ID = re.compile(r"<[^<>\s]{1,250}>")


class _TooMuch(Exception):
    """More headers than any mail has."""


class _Bounded(policy.EmailPolicy):
    """Reads no header beyond the length that somebody may need, and stops at more headers than any mail has."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """Cut a header that is too long at the end of one of its rows."""
        length = 0
        kept: list[str] = []
        for row in sourcelines[:500]:
            length += len(row)
            if length > MAX_HEADER_READ:
                break
            kept.append(row)
        return super().header_source_parse(kept or [sourcelines[0][:MAX_HEADER_READ]])


READING = _Bounded(utf8=False)


def message_of(raw: bytes) -> EmailMessage:
    """Return the message, read leniently; what is nested too deeply for a reader is taken as one text after its headers."""
    raw = _bounded(raw)
    try:
        message: Message = email.message_from_bytes(raw, policy=READING)
    except RecursionError:
        head = raw[:MAX_HEADERS].partition(b"\n\n")[0]
        message = email.message_from_bytes(head, policy=READING)
        message.set_payload(raw[:TEXT_OF_UNREADABLE].decode("utf-8", "replace"))
    return message if isinstance(message, EmailMessage) else EmailMessage()


def _bounded(raw: bytes) -> bytes:
    """Return a mail without what no mail has: megabytes of headers, hundreds of thousands of rows, thousands of parts."""
    raw = raw[:MAX_BYTES]
    if raw.count(b"\n") > MOST_ROWS:
        raw = raw[: _nth(raw, b"\n", MOST_ROWS)]
    if raw.count(b"\n--") > MOST_BOUNDARIES:
        raw = raw[: _nth(raw, b"\n--", MOST_BOUNDARIES)]
    end = re.search(rb"\r?\n\r?\n", raw)
    ends = end.start() if end else len(raw)
    if ends > MAX_HEADERS:
        cut = raw.rfind(b"\n", 0, MAX_HEADERS)
        raw = raw[: cut if cut > 0 else MAX_HEADERS] + raw[ends:]
    return raw


def _nth(raw: bytes, piece: bytes, number: int) -> int:
    at = -1
    for _time in range(number):
        at = raw.find(piece, at + 1)
    return at


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


def name_in(value: str) -> str:
    """Return the name that the first address of a decoded header has."""
    return next((one_line(name) for name, _address in getaddresses([value])), "")[:200]
