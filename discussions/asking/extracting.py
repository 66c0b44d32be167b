"""The questions in a post: its numbered items, or the post as a whole."""

from __future__ import annotations

from discussions import numbered
from discussions.words import to_plain

LONGEST = 2000


def questions_of(html: str) -> list[tuple[int, str]]:
    """Return (number, text) of each numbered question, or one with number 0; none of a post in which nobody asks anything.

    What is quoted from others is not looked at.
    """
    text = "\n".join(line for line in to_plain(html).splitlines() if not line.startswith(">")).strip()
    if "?" not in text:
        return []
    return [(one.number, short(one.text)) for one in numbered.questions_of(html)] or [(0, short(text))]


def short(text: str) -> str:
    """Return a question as the queue shows it."""
    words = text.strip()
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
