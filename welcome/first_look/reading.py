"""What a mail answers: numbered, in any order, as many as its writer likes, below our lines or above them. Nothing here changes a row."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from ambassadors.nominations.mail_form import BEGINS_QUOTE, NUMBERED, QUOTED, Ours

SIGNATURE = re.compile(r"^-- ?$")


@dataclass
class Read:
    """The answers by number, and what stood before the first number."""

    answers: dict[int, str] = field(default_factory=dict)
    unplaced: str = ""


def read(new_text: str, text: str, numbers: Collection[int], ours: str = "") -> Read:
    """Return what a mail answers to `numbers`. `new_text` is what its writer wrote above all quotation, `text` the whole mail.

    `ours` is what we wrote, line by line: whoever answers below our questions has them quoted in between. A number that has come before
    is a line of the answer in which it stands.
    """
    above = _under_numbers(new_text, numbers, Ours(ours))
    return above if above.answers else _under_numbers(text, numbers, Ours(ours), inside=True) if ours else above


def _under_numbers(text: str, numbers: Collection[int], ours: Ours, *, inside: bool = False) -> Read:
    found: dict[int, list[str]] = {}
    before: list[str] = []
    current: list[str] = before
    for line in text.split("\n"):
        if SIGNATURE.match(line):
            break
        match, is_quoted = NUMBERED.match(line), bool(QUOTED.match(line))
        number = int(match[1]) if match else 0
        if number in numbers and not found.get(number) and (inside or not is_quoted):
            current = found.setdefault(number, [])
            current.append(match[2] if match and not is_quoted else "")
        elif not (is_quoted or line.strip() in ours or (inside and BEGINS_QUOTE.match(line))):
            current.append(line)
    answers = {number: words for number, lines in found.items() if (words := _tidy(lines))}
    return Read(answers, "" if inside else _tidy(before))


def _tidy(lines: list[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in lines)).strip()
