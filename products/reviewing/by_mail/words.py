"""What an answer by mail to a request for a review says: yes, no, or something about the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from correspondence.inbound.yes_or_no import Word, said_in
from foundation.secret_names import held_in

ACCEPTS = frozenset({"accept", "accepted", "i accept", "i will", "i will review it", "i will do it"})
DECLINES = frozenset(
    {"decline", "declined", "i decline", "i cannot", "i can't", "i can not", "cannot", "not this time", "i cannot this time"}
)
FEW = 3  # words: below a yes stands a name, not a comment
CLOSING = re.compile(
    r"(?:all the |with |my |many |kind |warm )*(?:best|wishes|regards|thanks|greetings|cheers|yours|sincerely|love)\b[\w ]*[,.!]?",
    re.IGNORECASE,
)


class Says(Enum):
    """What it is about."""

    YES = "yes"
    NO = "no"
    WORDS = "words"


@dataclass(frozen=True)
class Read:
    """What a mail says, and the words beside that."""

    says: Says
    words: str


def read(text: str) -> Read:
    """Take a mail apart. Only a first line that says nothing but yes or no is one; everything else is words about the text."""
    lines = [line.strip() for line in text.strip().splitlines()]
    first, rest = (lines[0], "\n".join(lines[1:]).strip()) if lines else ("", "")
    bare = " ".join(first.casefold().replace("\u2019", "'").strip(" .,!").split())
    word = said_in(first) if first else Word.UNCLEAR
    if bare in ACCEPTS or word == Word.YES:
        return Read(Says.YES, rest if len(rest.split()) > FEW else "")
    if bare in DECLINES or word == Word.NO:
        return Read(Says.NO, rest)
    return Read(Says.WORDS, text.strip())


def unsigned(text: str, names: list[str]) -> str:
    """Return the words without the name below them, and the greeting above it, that everybody writes by habit."""
    lines = text.rstrip().split("\n")
    end = len(lines)
    while end > 1 and (not lines[end - 1].strip() or _signs(lines[end - 1], names)):
        end -= 1
    if end < len(lines) and end > 1 and CLOSING.fullmatch(lines[end - 1].strip()):
        end -= 1
    return "\n".join(lines[:end]).rstrip() or text


def _signs(line: str, names: list[str]) -> bool:
    """A line with a name, or a part of one, and nothing else."""
    return len(line.split()) <= max((len(name.split()) for name in names), default=0) and bool(held_in(line, names))
