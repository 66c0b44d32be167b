"""The few words that mean something in a mail to an address that does one thing. Only the first line of what was written now is looked at."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from discussions.models import Follow

if TYPE_CHECKING:
    from correspondence.inbound.parsing import ParsedMail

Level = Follow.Level
AROUND = " \t\u00a0.,;:!…\"'“”«»<>*_()[]-"
BEFORE = re.compile(r"\bbefore\s+(\d{1,9})\b")
# "As is usual" is an empty level, as the pages of following have it.
LEVELS: dict[str, str] = {
    "": Level.EVERY,
    "every": Level.EVERY,
    "every reply": Level.EVERY,
    "follow": Level.EVERY,
    "digest": Level.DIGEST,
    "mentions": Level.MENTIONS,
    "stop": "",
    "as usual": "",
}
# To take thanks back.
TAKES_BACK = frozenset({"take it back", "take back", "stop", "undo"})


def command_in(parsed: ParsedMail) -> str:
    """The first line that was written now, in lower case and without what stands around it; empty when nothing was written."""
    first = next((line for line in parsed.new_text.splitlines() if line.strip(AROUND)), "")
    return " ".join(first.strip(AROUND).casefold().split())


def unsaid_in(parsed: ParsedMail) -> str:
    """What somebody wrote to an address that needs no words: it goes to nobody, and they are told so. A command is none."""
    return "" if command_in(parsed) in TAKES_BACK | {""} else parsed.new_text


def level_in(parsed: ParsedMail) -> str | None:
    """How much somebody wants to hear: every reply when they say nothing, None when it cannot be understood."""
    return LEVELS.get(command_in(parsed))


def before_in(parsed: ParsedMail) -> int | None:
    """Before which post, or which conversation, somebody wants to read on."""
    found = BEFORE.search(command_in(parsed))
    return int(found[1]) if found else None
