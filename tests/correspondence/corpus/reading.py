"""The messages of the corpus, and a judge who forgives white space but not a word."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from correspondence.inbound.parsing import ParsedMail, parse

FOLDER = Path(__file__).parent
MESSAGES = FOLDER / "messages"
MARKS = re.compile(r"^[ \t]*>[> \t]*")
BULLET = re.compile(r"^\s*[-*•·◦▪\u2013]\s+")
ADDRESS_OF_LINK = re.compile(r"\s*(?:<(?:https?://|mailto:)[^<>\s]*>|\((?:https?://|mailto:)[^()\s]*\))")
PICTURE = re.compile(r"\[(?:image|cid|inline)[^\]]*\]", re.IGNORECASE)
RULER = re.compile(r"^[_\-=*~]{5,}$")
EMPHASIS = re.compile(r"(?<![\w*/])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*/])")
CELL = re.compile(r"\s+\|(?=\s|$)|^\|\s")
WIDE = r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]"
BETWEEN_WIDE = re.compile(rf"(?<={WIDE})\s+(?={WIDE})")


@dataclass(frozen=True)
class Case:
    """One message and what a reader expects of it."""

    name: str

    @property
    def raw(self) -> bytes:
        return (MESSAGES / f"{self.name}.eml").read_bytes()

    @cached_property
    def expected(self) -> dict:
        return json.loads((MESSAGES / f"{self.name}.json").read_text(encoding="utf-8"))

    def faults(self) -> list[str]:
        """What is not as expected; empty when all is well."""
        return [*_faults(parse(self.raw), self.expected)]


def cases(part: str) -> list[Case]:
    """The messages that are `seen`, or those `held back`, in the order of their names."""
    held_back = names_in("held_back.txt")
    names = sorted(path.stem for path in MESSAGES.glob("*.eml"))
    return [Case(name) for name in names if (name in held_back) == (part == "held back")]


def names_in(file: str) -> set[str]:
    """The names that a list holds, one a line; # begins a remark."""
    lines = (FOLDER / file).read_text(encoding="utf-8").splitlines()
    return {line.strip() for line in lines if line.strip() and not line.startswith("#")}


def _faults(mail: ParsedMail, expected: dict):
    told = expected.get("new")
    accepted = told if isinstance(told, list) else [told]
    if told is not None and passages(mail.new_text) not in [passages(text) for text in accepted]:
        yield f"new is {mail.new_text!r}"
    if not _is_as_told(words(mail.folded_text), expected.get("folded")):
        yield f"folded is {mail.folded_text!r}"
    yield from (f"{piece} is not in new" for piece in expected.get("holds", []) if piece not in mail.new_text)
    aside = tuple(str(getattr(one, "name", one)) for one in getattr(mail, "set_aside", ()))
    if sorted(mail.attachments) != sorted(expected.get("attachments", [])):
        yield f"attachments are {mail.attachments!r}"
    yield from (f"{name} is not set aside" for name in expected.get("set_aside", []) if name not in aside)


def _is_as_told(folded: str, told: str | dict | None) -> bool:
    if told is None:
        return True
    if isinstance(told, str):
        return folded == words(told)
    return folded.startswith(words(told["begins"])) and folded.endswith(words(told["ends"])) and bool(folded)


def words(text: str) -> str:
    """The words of a text in one line, without marks of quotation."""
    return " ".join(piece for _quoted, piece in passages(text))


def passages(text: str) -> list[tuple[bool, str]]:
    """A text as passages, each quoted or not: where lines break, how links, bullets and rulers are written, is all the same."""
    found: list[tuple[bool, str]] = []
    for line in text.splitlines():
        is_quoted = bool(MARKS.match(line))
        piece = MARKS.sub("", line).strip()
        if not piece or RULER.match(piece):
            continue
        piece = BULLET.sub("", piece)
        if found and found[-1][0] == is_quoted:
            found[-1] = (is_quoted, f"{found[-1][1]} {piece}")
        else:
            found.append((is_quoted, piece))
    return [(is_quoted, _plain(piece)) for is_quoted, piece in found]


def _plain(piece: str) -> str:
    piece = EMPHASIS.sub(r"\1", PICTURE.sub("", ADDRESS_OF_LINK.sub("", piece)))
    piece = CELL.sub(" ", piece)
    piece = re.sub(r"\s+([.,;:!?])(?=\s|$)", r"\1", " ".join(piece.split()))
    return BETWEEN_WIDE.sub("", piece)


def bare_lines(text: str) -> list[str]:
    """The lines that hold something, without white space and marks of quotation."""
    return [bare for line in text.splitlines() if (bare := "".join(line.replace(">", " ").split()))]
