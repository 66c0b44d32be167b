"""What of a mail is not new: quoted lines, with or without their marks, and what mail programs write around them. Knows no database."""

from __future__ import annotations

import re
from collections.abc import Mapping

QUOTED = re.compile(r"^\s*[>|]")
QUOTE_MARKS = re.compile(r"^[\s>|]+")
NUMBERED = re.compile(r"^\s*(\d{1,3})\s*[.):]\s*(.+)$")
ORIGINAL = re.compile(
    r"^\s*[-_]{2,}\s*(?:original message|forwarded message|ursprüngliche nachricht|message d'origine)\b", re.IGNORECASE
)
WROTE = re.compile(
    r"(?:wrote|writes|schrieb|écrit|escribió|scritto|schreef|escreveu|napisał|skrev)\b[^:]{0,200}:\s*$|@[^\s:]{1,200}:\s*$",
    re.IGNORECASE,
)
BEGINS_A_FRAME = re.compile(r"\s*(?:On|Am|Le|El|Il|Op|Em|W dniu|Den|På)\b.*\d")
ENOUGH_TO_KNOW = 12  # letters of a text by which a line is known that a mail program quoted without a mark


def squeezed(words: str) -> str:
    """Return letters and digits alone, so that line breaks, marks and case make no difference."""
    return re.sub(r"[\W_]+", "", words.casefold())


def about_whom(line: str, headings: Mapping[int, str], texts: Mapping[int, str]) -> int | bool | None:
    """Say whom a quoted line is about: a number, None for nobody in particular; False when the line is the writer's own.

    `headings` and `texts` are the names and texts of our mail, squeezed.
    """
    is_marked = bool(QUOTED.match(line))
    own = QUOTE_MARKS.sub("", line).strip() if is_marked else line.strip()
    found = NUMBERED.match(own)
    if found and squeezed(found[2]) == headings.get(int(found[1])):
        return int(found[1])
    words = squeezed(own)
    if words and (is_marked or len(words) >= ENOUGH_TO_KNOW):
        number = next((number for number, text in texts.items() if words in text), None)
        if number is not None:
            return number
    return None if is_marked else False


def without_signature(lines: list[str]) -> tuple[list[str], list[str]]:
    """Return the lines, and apart from them what stands below "-- ", or below the head of an original that is not marked as quoted."""
    for place, line in enumerate(lines):
        following = " ".join(lines[place + 1 : place + 4]).casefold()
        is_head = line.strip().casefold().startswith("from:") and ("sent:" in following or "subject:" in following)
        if line.rstrip() == "--" or ORIGINAL.match(line) or is_head:
            return lines[:place], lines[place:]
    return lines, []


def take_out_frames(lines: list[str]) -> list[str]:
    """Blank the lines in which a mail program says who wrote what is quoted below them, and return what they said."""
    places: set[int] = set()
    for place, line in enumerate(lines[:-1]):
        below = next((one for one in lines[place + 1 : place + 3] if one.strip()), "")
        if not QUOTED.match(line) and QUOTED.match(below) and WROTE.search(line[-500:]):
            places.add(place)
            if place and not BEGINS_A_FRAME.match(line[:200]) and BEGINS_A_FRAME.match(lines[place - 1][:200]):
                places.add(place - 1)
    taken = [lines[place] for place in sorted(places)]
    for place in places:
        lines[place] = ""
    return taken
