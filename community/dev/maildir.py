"""The mail that the demo sent, read from its Maildir. However much lies there, a page looks at a bounded part of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parseaddr
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from correspondence.inbound.parsing import (
    MAX_BYTES,
    ParsedMail,
    decoded,
    header_of,
    message_id_of,
    message_of,
    parse,
    references_of,
)

KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9.,=_-]{0,200}")
HEAD = 16 * 1024
LOOKED_AT = 1_000


@dataclass(frozen=True)
class Letter:
    """One mail in a list: what stands in its headers. `ids` are its own Message-ID and those of the mails that it answers."""

    key: str
    sent_at: datetime
    to: str
    sender: str
    subject: str
    ids: tuple[str, ...] = ()

    @property
    def root(self) -> str:
        """What a mail program files it under: the first mail that it answers, or itself."""
        return self.ids[0] if self.ids else self.key


@dataclass(frozen=True)
class Conversation:
    """The letters that one person got in one conversation, the latest first."""

    letters: tuple[Letter, ...]

    @property
    def latest(self) -> Letter:
        return self.letters[0]


def folder() -> Path | None:
    """Return where the site keeps its mail, or None where it really sends it."""
    path = getattr(settings, "EMAIL_FILE_PATH", None)
    return Path(path) if path else None


def letters() -> Iterator[Letter]:
    """Yield the newest 1,000 mails, the latest first; only their headers are read, and only as far as the caller goes."""
    for path in _files()[:LOOKED_AT]:
        try:
            yield _head_of(path)
        except FileNotFoundError:  # thrown away by somebody meanwhile
            continue


def conversations(found: Iterable[Letter]) -> list[Conversation]:
    """Fold letters as a mail program does: those that one person got in one conversation, in the order of the latest of each."""
    together: dict[tuple[str, str], list[Letter]] = {}
    for letter in found:
        together.setdefault((letter.to, letter.root), []).append(letter)
    return [Conversation(tuple(each)) for each in together.values()]


def read(key: str) -> tuple[Letter, ParsedMail] | None:
    """Return one mail, or None when there is none of that name."""
    path = next((path for path in _files() if _key(path) == key), None) if KEY.fullmatch(key) else None
    if path is None:
        return None
    with path.open("rb") as file:
        raw = file.read(MAX_BYTES)
    return _letter(path, raw[:HEAD]), parse(raw)


def html_of(mail: ParsedMail) -> str:
    """Return the HTML part, empty when it has none."""
    part = next((part for part in mail.message.walk() if part.get_content_type() == "text/html"), None)
    payload = part.get_payload(decode=True) if part else b""
    return decoded(payload, part.get_content_charset("utf-8") if part else "utf-8") if isinstance(payload, bytes) else ""


def _files() -> list[Path]:
    """All files, the newest first: a Maildir's names begin with the second they were written in."""
    root = folder()
    found = [path for part in ("new", "cur") for path in (root / part).glob("*")] if root else []
    return sorted(found, key=_place, reverse=True)


def _place(path: Path) -> tuple[int, int, str]:
    """When it came: the second, the microsecond, and the name as the last word."""
    seconds, _dot, rest = path.name.partition(".")
    micro = re.match(r"M(\d+)", rest)
    return (int(seconds) if seconds.isdigit() else 0, int(micro.group(1)) if micro else 0, path.name)


def _key(path: Path) -> str:
    return path.name.partition(":")[0]


@lru_cache(maxsize=2 * LOOKED_AT)
def _head_of(path: Path) -> Letter:
    """A file of a Maildir never changes, so its headers are read once."""
    with path.open("rb") as file:
        return _letter(path, file.read(HEAD))


def _letter(path: Path, head: bytes) -> Letter:
    message = message_of(head)
    return Letter(
        key=_key(path),
        sent_at=datetime.fromtimestamp(_place(path)[0], UTC),
        to=(header_of(message, "Delivered-To") or parseaddr(header_of(message, "To"))[1]).lower(),
        sender=parseaddr(header_of(message, "From"))[0] or header_of(message, "From"),
        subject=header_of(message, "Subject"),
        ids=tuple(filter(None, (*references_of(message), message_id_of(message)))),
    )
