"""What an answer to a reminder says: a word or two, in the languages in which people here write their mail. Nothing is done on a guess."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from correspondence.inbound.yes_or_no import BESIDE, WORD, Word, said_in


def _set(said: str) -> frozenset[str]:
    return frozenset(said.split())


SKIP = _set("skip skipping überspringe überspringen passer passe saltar salto salta overslaan pular")
ALL = _set("all everything rest them alle alles tout tous toutes todo todos todas tutto tutti tudo")
LATER = frozenset(
    {
        ("later",),
        ("not", "now"),
        ("not", "yet"),
        ("another", "time"),
        ("next", "week"),
        ("remind", "later"),
        ("maybe", "later"),
        ("später",),
        ("nicht", "jetzt"),
        ("plus", "tard"),
        ("pas", "maintenant"),
        ("más", "tarde"),
        ("ahora", "no"),
        ("più", "tardi"),
        ("mais", "tarde"),
    }
)
POLITE = _set("please thanks thank you many bitte danke vielen dank merci gracias por favor grazie graag obrigado obrigada")
BETWEEN = _set("and und et y e en step steps the")
ABOUT = re.compile(r"^\W*(?:profile|ask me about)\s*[:\u2013-]\s*(?P<words>\S.*)$", re.IGNORECASE | re.DOTALL)
CLOSING = 3  # words of a line that may be a name or a farewell
GREETING = 4


class Did(Enum):
    """What somebody asks for."""

    SKIP = "skip"
    SKIP_ALL = "skip all"
    DO = "do"
    ABOUT = "about"
    LATER = "later"
    STOP = "stop"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class Asked:
    """What an answer asks for: of which steps, or with which words."""

    did: Did
    names: tuple[str, ...] = ()
    words: str = ""


UNCLEAR = Asked(Did.UNCLEAR)


def understood(text: str, names: Mapping[str, str]) -> Asked:
    """Return what an answer asks for. `names` are the steps by the word that the reminder has for each.

    The first line says it; below it there may be a name or a word of thanks. Whatever says more is unclear.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > 1 and lines[0].endswith(",") and len(lines[0].split()) <= GREETING:
        lines = lines[1:]
    if not lines:
        return UNCLEAR
    if about := ABOUT.match("\n".join(lines)):
        return Asked(Did.ABOUT, words=about["words"].strip())
    if any(len(line.split()) > CLOSING for line in lines[1:]):
        return UNCLEAR
    return _line(lines[0], names)


def _line(line: str, names: Mapping[str, str]) -> Asked:
    said = tuple(word.replace("\u2019", "'") for word in WORD.findall(line.casefold()))
    plain = tuple(word for word in said if word not in BESIDE)
    if tuple(word for word in said if word not in POLITE) in LATER:  # asked first: "not now" holds a no
        return Asked(Did.LATER)
    if plain and plain[0] in SKIP:
        return _skipped(plain[1:], names)
    if found := _names_in(plain, names):
        return Asked(Did.DO, found)
    return Asked(Did.STOP) if said_in(line) == Word.NO else UNCLEAR


def _skipped(rest: tuple[str, ...], names: Mapping[str, str]) -> Asked:
    words = {word for word in rest if word not in BETWEEN}
    if words and words <= ALL:
        return Asked(Did.SKIP_ALL)
    found = _names_in(rest, names)
    return Asked(Did.SKIP, found) if found else UNCLEAR


def _names_in(words: tuple[str, ...], names: Mapping[str, str]) -> tuple[str, ...]:
    """The steps that are named, if nothing but steps is."""
    said = " ".join(word for word in words if word not in BETWEEN)
    found = []
    for word, name in sorted(names.items(), key=lambda pair: -len(pair[0])):
        if re.search(rf"\b{re.escape(word)}\b", said):
            said = re.sub(rf"\b{re.escape(word)}\b", " ", said)
            found.append(name)
    return tuple(name for name in names.values() if name in found) if found and not said.strip() else ()
