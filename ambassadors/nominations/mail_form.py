"""The nomination as a form in a mail: short numbered headings that survive quoting, and what was written under them.

Nothing here changes a row. Reading is lenient: headings may be quoted, wrapped or left out where the numbers stay; our own sentences
are told apart from the writer's; whatever fits nowhere is given back in `unplaced`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from ambassadors.cleaning import clean_line, clean_text
from ambassadors.models import CriteriaEdition, Nomination
from ambassadors.models.nomination import WORDS_ROOM

if TYPE_CHECKING:
    from collections.abc import Iterator

NUMBERED = re.compile(r"^[\s>|*]*(\d{1,2})\s*[.):]\s*(.*)$")
QUOTED = re.compile(r"^\s*>")
BEGINS_QUOTE = re.compile(
    r"^\s*(-{3,}.*|(from|sent|to|cc|date|subject|von|an|gesendet|betreff|de|para|objet|asunto)\s*:.*"
    r"|.*(wrote|schrieb|écrit|escribió|scritto|schreef|napisał|skrev|escreveu).{0,80}:)\s*$",
    re.IGNORECASE,
)
NONE_WORDS = {"none", "no", "nothing", "i have none", "i have no", "no interest"}
SHORTEST_OF_OURS = 12  # letters: a shorter line may well be an answer
ROOM = {"name": 120, "organization": 160, "job_title": 120, "place": 120, "reason": 500, "slate_text": 1200, "email": 254}
LINES = ("name", "email", "organization", "job_title", "place", "reason")


@dataclass(frozen=True)
class Heading:
    """One numbered question. `key` is a field of the nomination, or the key of a criterion."""

    number: int
    key: str | int
    words: str
    help: str = ""

    def __str__(self) -> str:
        return f"{self.number}. {self.words}"


@dataclass
class Answers:
    """What a mail says: fields of the nomination, evidence by key of the criterion, and what could not be placed."""

    fields: dict[str, Any] = field(default_factory=dict)
    evidence: dict[int, str] = field(default_factory=dict)
    unplaced: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.fields or self.evidence)


def headings(edition: CriteriaEdition | None) -> list[Heading]:
    """Return the questions of the form, in order."""
    asked: list[tuple[str | int, str, str]] = [
        ("name", _("Name"), ""),
        ("email", _("E-mail address"), ""),
        ("organization", _("Organisation"), ""),
        ("job_title", _("What they do there"), ""),
        ("place", _("Place"), ""),
        ("reason", _("Why them, in a sentence"), ""),
        ("relation", _("How you know each other"), ""),
        ("conflict", _("An interest of your own in it: “none”, or which one"), ""),
        ("nominee_knows", _("Do they know? Yes or no"), ""),
        ("slate_text", _("What all ambassadors will read of them"), ""),
    ]
    if edition is not None:
        asked += [(one.pk, one.text, one.explanation) for one in edition.criteria.all()]
    return [Heading(number, *rest) for number, rest in enumerate(asked, start=1)]


def read(text: str, asked: list[Heading], ours: str = "") -> Answers:
    """Return what a mail answers. `ours` is what we wrote ourselves, line by line: wherever it stands in the mail, it is no answer."""
    above = _above_signature(text)
    return _read(above, asked, ours) or _read(text, asked, ours)


def _read(text: str, asked: list[Heading], ours: str) -> Answers:
    known = Ours("\n".join([ours, *(f"{one.words}\n{one.help}" for one in asked)]))
    lines = text.split("\n")
    found = _under_headings(lines, asked, known)
    if not any(found):
        found = _under_numbers(lines, asked, known) or found
    return _placed(found)


def _above_signature(text: str) -> str:
    lines = text.split("\n")
    end = next((number for number, line in enumerate(lines) if line.rstrip() == "--"), len(lines))
    return "\n".join(lines[:end])


class Ours:
    """What we wrote ourselves, as mail programs give it back."""

    def __init__(self, text: str) -> None:
        self.lines = {_letters(line) for line in text.split("\n")} - {""}
        self.whole = _letters(text)

    def __contains__(self, line: str) -> bool:
        """Whether we wrote this line, or the part of a line that a mail program has wrapped."""
        letters = _letters(line)
        return letters in self.lines or (len(letters) >= SHORTEST_OF_OURS and letters in self.whole)


def own_words(text: str) -> str:
    """Return the lines of a text that quote nothing."""
    return "\n".join(line for line in text.split("\n") if not QUOTED.match(line)).strip()


Found = dict["Heading | None", list[str]]


def _under_headings(lines: list[str], asked: list[Heading], ours: Ours) -> Found:
    """The lines below each heading that is there in words, quoted or not."""
    found: Found = {}
    current: Heading | None = None
    is_above = True  # of the mail that is answered
    for line in lines:
        heading, said = _heading_in(line, asked)
        current = heading or current
        if heading is None and QUOTED.match(line):
            continue
        is_above = is_above and said not in ours and not BEGINS_QUOTE.match(said)
        if (current is not None or is_above) and said not in ours:
            found.setdefault(current, []).append(said)
    return _with_words(found)


def _under_numbers(lines: list[str], asked: list[Heading], ours: Ours) -> Found:
    """The lines behind each bare number of the writer's own, as long as the numbers grow."""
    found: Found = {}
    current: Heading | None = None
    by_number = {one.number: one for one in asked}
    for line in lines:
        if QUOTED.match(line) or line in ours:
            continue
        if BEGINS_QUOTE.match(line):
            break
        match = NUMBERED.match(line)
        heading = by_number.get(int(match[1])) if match else None
        begins = bool(heading and (current is None or heading.number > current.number))
        current = heading if begins else current
        found.setdefault(current, []).append(match[2] if match and begins else line)
    found = _with_words(found)
    return found if any(found) else {}


def _with_words(found: Found) -> Found:
    return {heading: lines for heading, lines in found.items() if "".join(lines).strip()}


def _heading_in(line: str, asked: list[Heading]) -> tuple[Heading | None, str]:
    """The heading that a line is, and what the writer put behind it on the same line."""
    match = NUMBERED.match(line)
    if match is None:
        return None, line
    for one in asked:
        if str(one.number) == match[1].lstrip("0") and (rest := _behind(one.words, match[2])) is not None:
            return one, rest
    return None, line


def _behind(words: str, said: str) -> str | None:
    """What stands behind the words of a heading; None where they are not those words. A heading may have been wrapped."""
    mine, theirs = _letters(words), _letters(said)
    if not theirs or not (theirs.startswith(mine) or (mine.startswith(theirs) and len(theirs) >= min(len(mine), SHORTEST_OF_OURS))):
        return None
    end, seen = 0, 0
    while end < len(said) and seen < len(mine):
        seen += len(_letters(said[end]))
        end += 1
    return said[end:].lstrip(' :.?…”"*_')


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _placed(found: Found) -> Answers:
    answers = Answers()
    for heading, lines in found.items():
        said = "\n".join(lines).strip()
        try:
            said = clean_text(said)
        except ValidationError:
            answers.unplaced.append(said)
            continue
        if heading is None:
            answers.unplaced.append(said)
        elif isinstance(heading.key, int):
            answers.evidence[heading.key] = _fitting(said, WORDS_ROOM, answers)
        else:
            _place(heading.key, said, answers)
    return answers


def _place(key: str, said: str, answers: Answers) -> None:
    if key == "conflict":
        is_none = said.strip(' .“”"').casefold() in NONE_WORDS
        answers.fields["conflict"] = Nomination.Conflict.NONE if is_none else Nomination.Conflict.SOME
        answers.fields["conflict_text"] = "" if is_none else _fitting(said, WORDS_ROOM, answers)
    elif key == "nominee_knows":
        word = next(_words(said), "")
        if word in {"yes", "no"}:
            answers.fields[key] = word
        else:
            answers.unplaced.append(said)
    elif key == "email":
        _place_address(said, answers)
    else:
        said = clean_line(said) if key in LINES else said
        answers.fields[key] = _fitting(said, ROOM.get(key, WORDS_ROOM), answers)


def _place_address(said: str, answers: Answers) -> None:
    """The first address in what was said; mail programs like to write one twice, the second time in angle brackets."""
    for word in re.split(r"[\s<>,;()\[\]]+", said.replace("mailto:", " ")):
        try:
            validate_email(word.strip("."))
        except ValidationError:
            continue
        answers.fields["email"] = word.strip(".")
        return
    answers.unplaced.append(said)


def _fitting(said: str, room: int, answers: Answers) -> str:
    """As much as there is room for, up to the end of a word; the rest is given back."""
    if len(said) <= room:
        return said
    end = max(said.rfind(" ", 0, room), said.rfind("\n", 0, room))
    end = end if end > room // 2 else room
    answers.unplaced.append(said[end:].strip())
    return said[:end].rstrip()


def _words(text: str) -> Iterator[str]:
    return (match[0].casefold() for match in re.finditer(r"\w+", text))
