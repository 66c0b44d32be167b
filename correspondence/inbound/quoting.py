"""What somebody wrote now, apart from what they quoted. Quoted text is folded, never cut, and in doubt nothing is folded."""

from __future__ import annotations

import re

from mailparser_reply import EmailReplyParser

# The parser's patterns take quadratic time: 32 kB in lines of at most 1,000 characters stay below a second at their worst.
MAX_TEXT = 32_000
MAX_LINE = 1_000
LANGUAGES = ["en", "de", "fr", "es", "it", "nl", "pt", "pl", "sv", "da"]
QUOTED = re.compile(r"^\s*>")


def split_reply(text: str) -> tuple[str, str]:
    """Return (new text, folded text). Together they hold every line of `text`, in its order."""
    lines = text.split("\n")
    if len(text) > MAX_TEXT or any(len(line) > MAX_LINE for line in lines):
        return _split_at_trailing_quote(lines)
    count = _lines_of_first_reply(text)
    if count is None or _is_answered_between(lines[count:]):
        return _split_at_trailing_quote(lines)
    new, folded = _split_at_trailing_quote(lines[:count])
    return new, _joined([folded, *lines[count:]])


def _lines_of_first_reply(text: str) -> int | None:
    """Return how many lines at the top the parser takes for the answer; None when it found no beginning or no end of it."""
    replies = EmailReplyParser(languages=LANGUAGES).read(text).replies
    first = replies[0].content if replies else ""
    words = re.sub(r"\s+", "", first)
    if not words:
        return None
    return _lines_holding(words, text.split("\n"))


def _lines_holding(words: str, lines: list[str]) -> int | None:
    """Return the number of lines at the top that hold exactly `words`, white space aside: the parser rewrites white space."""
    seen = ""
    for number, line in enumerate(lines, start=1):
        seen += re.sub(r"\s+", "", line)
        if seen == words:
            return number
        if not words.startswith(seen):
            return None
    return None


def _is_answered_between(rest: list[str]) -> bool:
    """Whether somebody wrote below or between quoted lines: then what follows is not a quotation only."""
    marks = [bool(QUOTED.match(line)) for line in rest if line.strip()]
    return True in marks and False in marks[marks.index(True) :]


def _split_at_trailing_quote(lines: list[str]) -> tuple[str, str]:
    """Fold only the quoted lines at the very end, below words of the writer's own."""
    end = len(lines)
    while end and (not lines[end - 1].strip() or QUOTED.match(lines[end - 1])):
        end -= 1
    own = [line for line in lines[:end] if line.strip() and not QUOTED.match(line)]
    if not own:
        return _joined(lines), ""
    return _joined(lines[:end]), _joined(lines[end:])


def _joined(lines: list[str]) -> str:
    return "\n".join(lines).strip("\n")
