"""Raw bytes into a `ParsedMail`. Nothing that a stranger writes may crash this, hang it or fill the memory."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from functools import cached_property

from correspondence.inbound.reading.charsets import decoded
from correspondence.inbound.reading.headers import (
    MAX_BYTES,
    addresses_in,
    header_of,
    headers_of,
    message_id_of,
    message_of,
    name_in,
    one_line,
    references_of,
)
from correspondence.inbound.reading.lines import Line, written
from correspondence.inbound.reading.parts import MAX_FILES, MAX_TEXT, Leaf, MailFile, read_parts
from correspondence.inbound.reading.splitting import Split, split

__all__ = [
    "MAX_BYTES",
    "MAX_TEXT",
    "MailFile",
    "ParsedMail",
    "addresses_in",
    "decoded",
    "header_of",
    "headers_of",
    "message_id_of",
    "message_of",
    "one_line",
    "parse",
    "references_of",
]

ANSWERS = re.compile(r"^\s*[^\W\d]{1,8}(?:\[\d+\])?\s?[:\uff1a]")  # "Re:", "AW:" and what else programs write


@dataclass(frozen=True)
class ParsedMail:
    """One mail as far as we use it. Header values are plain text without control characters.

    `text` is all that it says, and each line of it is either in `new_text` or in `folded_text`.
    """

    message: EmailMessage
    message_id: str
    references: tuple[str, ...]
    senders: tuple[str, ...]
    subject: str
    lines: tuple[Line, ...]
    leaves: tuple[Leaf, ...]

    @property
    def sender(self) -> str:
        """The one address in its From, in lower case; empty when there is none, or more than one."""
        return self.senders[0] if len(self.senders) == 1 else ""

    @cached_property
    def text(self) -> str:
        """All its words, with what it quotes."""
        return written(self.lines)

    @cached_property
    def _split(self) -> Split:
        is_answer = bool(self.references or self.header("In-Reply-To") or ANSWERS.match(self.subject))
        return split(self.lines, subject=self.subject, name=name_in(self.header("From")), is_answer=is_answer)

    @cached_property
    def new_text(self) -> str:
        """What was written now. In doubt it is everything."""
        return self._split.new_text

    @cached_property
    def folded_text(self) -> str:
        """What was quoted, and what closes a mail, to be shown folded."""
        return self._split.folded_text

    @cached_property
    def pictures(self) -> dict[str, str]:
        """The pictures among its new words by their Content-IDs, with what stands there for each."""
        return self._split.pictures

    def words_with(self, named: Mapping[str, str]) -> str:
        """What was written now, with what `named` says in the places of pictures; those that stand below all words need no place."""
        return self._split.with_pictures_as(named) if named else self.new_text

    @cached_property
    def own_leaves(self) -> tuple[Leaf, ...]:
        """What its writer sent along, without pictures that belong to a quotation or a signature."""
        folded = {picture for line in self._split.folded for picture in line.pictures} - self.pictures.keys()
        return tuple(leaf for leaf in self.leaves if not leaf.only_serves and leaf.content_id not in folded)

    @cached_property
    def files(self) -> tuple[MailFile, ...]:
        """What its writer sent along, with its content; at most twenty."""
        return tuple(leaf.file() for leaf in self.own_leaves[:MAX_FILES])

    @property
    def attachments(self) -> tuple[str, ...]:
        """The names of what its writer sent along."""
        return tuple(leaf.name for leaf in self.own_leaves)

    @property
    def set_aside(self) -> tuple[str, ...]:
        """The names of what came along and is not the writer's own: signatures of the mail, invitations, pictures of what is folded."""
        return tuple(leaf.name for leaf in self.leaves if leaf not in self.own_leaves)

    def header(self, name: str) -> str:
        return header_of(self.message, name)


def parse(raw: bytes) -> ParsedMail:
    """Take a mail apart; whatever cannot be read is left empty."""
    message = message_of(raw)
    lines, leaves = read_parts(message)
    return ParsedMail(
        message=message,
        message_id=message_id_of(message),
        references=references_of(message),
        senders=tuple(addresses_in(headers_of(message, "From"))),
        subject=header_of(message, "Subject"),
        lines=tuple(lines),
        leaves=tuple(leaves),
    )
