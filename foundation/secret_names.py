"""Whether a text holds a name that its readers are not to know. Pure: for reviews in which one side does not learn who the other is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

SHORTEST = 3  # letters: of shorter words every text is full
LAST_LINES = 4


def held_in(text: str, names: Iterable[str]) -> list[str]:
    """Return which of `names` (of people, or addresses) stand in `text`, whole words, however they are cased, spaced and accented.

    A first or a last name alone counts where it stands alone, as under a letter: many are words as well.
    """
    folded = _folded(text)
    signed = _signatures(text)
    found = [name for name in names if _folded(name) and (_stands(_folded(name), folded) or set(_folded(name).split()) & signed)]
    return list(dict.fromkeys(found))


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text)
    return " ".join("".join(letter for letter in plain if not unicodedata.combining(letter)).casefold().split())


def _stands(name: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


def _signatures(text: str) -> set[str]:
    """Words that stand alone in one of the last lines, or behind a dash."""
    lines = [_folded(line).strip(" -\u2013\u2014.,!*_~") for line in text.splitlines() if line.strip()]
    return {line for line in lines[-LAST_LINES:] if " " not in line and len(line) >= SHORTEST}
