"""Who wrote a message of an archive, when, and in answer to what: read from its headers alone."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from correspondence.inbound.parsing import message_of, one_line
from discussions.archive.mbox import DAY

MAX_HEADER = 4_000
MAX_HEADERS = 64_000
MESSAGE_ID = re.compile(r"<[^<>\s]{1,250}>")
MOST_ANSWERED = 20
LONGEST_NAME = 120
FIRST_MAIL = datetime(1971, 1, 1, tzinfo=UTC)
SEPARATOR_DATE = re.compile(DAY + rb",? .{8,60}")
HIDDEN_AT = re.compile(r"(?<=[\w.+-])\s*(?:\sat\s|\s_at_\s|\(at\)|\[at\]|\(a\))\s*(?=[\w-]+(?:\.[\w-]+)+)", re.IGNORECASE)
HIDDEN_ID = re.compile(r"<([^<>\s@]{1,200}) at ([^<>\s@]{1,200})>")
IN_BRACKETS = re.compile(r"^(.*?)<\s*([^<>\s]+@[^<>\s]+)\s*>")
BY_THE_LIST = re.compile(r"\s+via\s+\S.*$", re.IGNORECASE)  # "'Maya Osei' via Harbour": the list put its own address there
BEHIND_THE_LIST = ("X-Original-From", "X-Original-Sender", "Reply-To", "X-MailFrom")


@dataclass(frozen=True)
class Head:
    """What the headers of a message say. `answers` are the keys of the messages that it answers, the nearest first."""

    message: Message
    sent_at: datetime | None
    key: UUID
    answers: tuple[UUID, ...]
    subject: str
    name: str
    address: str

    @property
    def said_of_list(self) -> str:
        """What its headers say of the list that it went through."""
        return " ".join(header(self.message, name) for name in ("List-Id", "X-BeenThere", "List-Post", "To", "Cc"))


def head_of(raw: bytes, separator: bytes = b"") -> Head:
    """Read the headers of a message; whatever cannot be read is left empty. Without a Message-ID its key is a hash of its beginning."""
    message = message_of(headers_in(raw))
    own = next(iter(_ids(header(message, "Message-ID"))), "")
    key = _key(own.encode()) if own else _key(raw[:MAX_HEADERS])
    nearest_first = [*_ids(header(message, "In-Reply-To")), *reversed(_ids(header(message, "References")))]
    answers = dict.fromkeys(_key(one.encode()) for one in nearest_first)
    name, address = _author(message)
    return Head(
        message=message,
        sent_at=sent_at(message, separator),
        key=key,
        answers=tuple(one for one in answers if one != key)[:MOST_ANSWERED],
        subject=header(message, "Subject"),
        name=name,
        address=address,
    )


def headers_in(raw: bytes) -> bytes:
    """Return the part of a message above its first empty line."""
    return re.split(rb"\r?\n\r?\n", raw[:MAX_HEADERS], maxsplit=1)[0] + b"\n\n"


def header(message: Message, name: str) -> str:
    """Return one header as a line of text; what was written without an encoding is taken for UTF-8, else for what old programs sent."""
    raw = next((str(value) for key, value in message.raw_items() if key.lower() == name.lower()), "")[:MAX_HEADER]
    octets = raw.encode("utf-8", "surrogateescape")
    try:
        text = octets.decode("utf-8")
    except UnicodeDecodeError:
        text = octets.decode("cp1252", "replace")
    try:
        return one_line(str(make_header(decode_header(text))))
    except (LookupError, ValueError, MessageError):
        return one_line(text)


def sent_at(message: Message, separator: bytes = b"") -> datetime | None:
    """Return when it was sent, never later than now: by its Date, else by what a server wrote when it came, else by the line above it."""
    now = timezone.now()
    for told in _dates(message, separator):
        moment = _moment(told)
        if moment is not None and FIRST_MAIL < moment < now + timedelta(days=1):
            return min(moment, now)
    return None


def _dates(message: Message, separator: bytes) -> Iterator[str]:
    yield header(message, "Date")
    yield header(message, "Received").rpartition(";")[2]
    found = SEPARATOR_DATE.search(separator)
    yield found[0].decode("ascii", "replace") if found else ""


def _moment(told: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(told.strip())
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _ids(told: str) -> list[str]:
    return MESSAGE_ID.findall(HIDDEN_ID.sub(r"<\1@\2>", told))


def _key(told: bytes) -> UUID:
    return UUID(bytes=hashlib.sha256(told).digest()[:16])


def _author(message: Message) -> tuple[str, str]:
    name, address = _who(header(message, "From"))
    if BY_THE_LIST.search(name):
        name = BY_THE_LIST.sub("", name).strip("'\" ")
        behind = (_who(header(message, other))[1] for other in BEHIND_THE_LIST)
        address = next((other for other in behind if other and other != address), "")
    return _shown(name) or _shown(address) or _("Somebody"), address


def _who(told: str) -> tuple[str, str]:
    """Return name and address, also where a list has hidden the address from machines (“maya at host (Maya Osei)”)."""
    told = told if "@" in told else HIDDEN_AT.sub("@", told, count=1)
    name, address = next(iter(getaddresses([told])), ("", ""))
    if "@" not in address:
        found = IN_BRACKETS.match(told)
        name, address = (found[1], found[2]) if found else (told, "")
    return name.strip("'\" "), address.lower()


def _shown(name: str) -> str:
    """Return a name as members may see it: of an address what stands before its host."""
    return HIDDEN_AT.sub("@", name).partition("@")[0].strip("'\"<> ")[:LONGEST_NAME]
