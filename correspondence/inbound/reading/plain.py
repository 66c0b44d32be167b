"""Lines out of plain text: marks of quotation, text that flows, what PGP puts around a text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from correspondence.inbound.reading.lines import BLANK, Line, Place, without_nonsense

MARKS = re.compile(r"^(?!>>>.{3,300}>>>$)((?: {0,3}>)+) ?")  # but for GroupWise, which puts them on both sides of who wrote
MBOX_ESCAPE = re.compile(r"^>From ")
CLOSES = re.compile(r"^> ?[^>]{0,30}[:：]$")
INITIALS = re.compile(r"^ ?([A-Z]\w{0,4})> ?")
SIGNED, SIGNATURE = "-----BEGIN PGP SIGNED MESSAGE-----", "-----BEGIN PGP SIGNATURE-----"
SIGNATURE_ENDS = "-----END PGP SIGNATURE-----"


def lines_of_plain(text: str, *, flows: bool = False, delsp: bool = False) -> list[Line]:
    """Return the lines of a plain text part. `flows` joins what format=flowed broke."""
    rows = without_nonsense_at_ends(text, keep_spaces=flows)
    if flows:
        rows = list(_flowed(rows, delsp=delsp))
    initials = _initials_of(rows)
    before = ["", *rows]
    lines = (Line(row, as_written=row) if _closes_address(before[at], row) else _line(row, initials) for at, row in enumerate(rows))
    return list(_without_armour(lines))


def without_nonsense_at_ends(text: str, *, keep_spaces: bool) -> list[str]:
    """Return the rows of a text; in a text that flows, a space at the end of a row means something."""
    if not keep_spaces:
        return without_nonsense(text).split("\n")
    rows = re.sub(r"\r\n?", "\n", text).split("\n")
    return [without_nonsense(row).replace("\n", " ") + (" " if row.endswith(" ") else "") for row in rows]


def _line(row: str, initials: set[str]) -> Line:
    if MBOX_ESCAPE.match(row):
        return Line(row[1:])
    if marks := MARKS.match(row):
        return Line(row[marks.end() :].strip(), marks[1].count(">"), as_written=row)
    if (named := INITIALS.match(row)) and named[1] in initials:
        return Line(row[named.end() :].strip(), 1, as_written=row)
    return Line(row.strip(), as_written=row) if row.strip() else BLANK


def _closes_address(before: str, row: str) -> bool:
    """Whether the > of a row is no mark, but ends an address that was broken off in the row before."""
    return bool(CLOSES.match(row)) and before.rfind("<") > before.rfind(">") and not before.startswith(">")


def _initials_of(rows: list[str]) -> set[str]:
    """Return who is quoted as The Bat does it, `MB> like this`: more than one line, and with the same letters."""
    seen = Counter(named[1] for row in rows if (named := INITIALS.match(row)))
    return {name for name, times in seen.items() if times > 1}


def _flowed(rows: list[str], *, delsp: bool) -> Iterator[str]:
    """Join the rows of RFC 3676: one that ends in a space goes on in the next of the same depth."""
    held: list[str] = []
    depth = 0
    for row in rows:
        marks = len(row) - len(row.lstrip(">"))
        words = row[marks:].removeprefix(" ")
        if held and marks != depth:
            yield _marked("".join(held), depth)
            held = []
        depth = marks
        goes_on = words.endswith(" ") and words != "-- "
        held.append(words[:-1] if goes_on and delsp else words)
        if not goes_on:
            yield _marked("".join(held), depth)
            held = []
    if held:
        yield _marked("".join(held), depth)


def _marked(words: str, depth: int) -> str:
    return (">" * depth + " " if depth else "") + words.rstrip()


def _without_armour(lines: Iterable[Line]) -> Iterator[Line]:
    """Set apart what PGP puts around a text, and take back what it changed in it."""
    until = ""
    is_signed = False
    for line in lines:
        if line.text in {SIGNED, SIGNATURE} and not line.depth:
            until, is_signed = ("" if line.text == SIGNED else SIGNATURE_ENDS), True
            yield replace(line, place=Place.ARMOUR)
            in_head = line.text == SIGNED
            inside = True
        elif is_signed and inside:
            yield replace(line, place=Place.ARMOUR)
            inside = line.text != until if not in_head else bool(line.text)
        elif is_signed and line.text.startswith("- -"):
            yield Line(line.text[2:])
        else:
            yield line
