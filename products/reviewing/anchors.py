"""Where a comment hangs: on a block of the text, the words quoted from it, and what stood around them.

Pure functions. A text is its parts, as pairs of slug and HTML. When it has changed, a comment is found again in its block, else wherever its
words have gone; else one says that the passage changed, with the words as they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from bs4 import BeautifulSoup

from foundation.blocks import BLOCKS

QUOTED_ROOM = 2000
AROUND = 120  # characters kept of what stood before and after
SHORT = 24  # a quotation below that is found elsewhere only where the same words stand around it
ALIKE = 0.6


@dataclass(frozen=True)
class Passage:
    """One block of a text: its part, its id, and what it says."""

    part: str
    block: str
    text: str


@dataclass(frozen=True)
class Anchor:
    """What a comment holds on to. Without a block it is about the whole."""

    part: str = ""
    block: str = ""
    quoted: str = ""
    before: str = ""
    after: str = ""

    @property
    def is_whole(self) -> bool:
        return not self.block and not self.quoted


class Where(StrEnum):
    """What became of a passage."""

    WHOLE = "whole"  # it was said of the text as a whole
    THERE = "there"
    MOVED = "moved"  # its words stand elsewhere now
    CHANGED = "changed"  # its block is there and says something else
    GONE = "gone"


@dataclass(frozen=True)
class Found:
    """Where a comment belongs in a text, and the passage, if there is one."""

    where: Where
    passage: Passage | None = None

    @property
    def is_changed(self) -> bool:
        """Whether the words that it was said of do not stand there any more."""
        return self.where in {Where.CHANGED, Where.GONE}


def passages_of(parts: Iterable[tuple[str, str]]) -> list[Passage]:
    """Return the blocks of a text in their order: each that holds no other."""
    return [passage for part, html in parts for passage in _blocks(part, html)]


def anchor_to(passages: Sequence[Passage], part: str, block: str, quoted: str = "") -> Anchor | None:
    """Return the anchor for words of a block, or for all of it; None where no such block is there. Words that are not in it mean all of it."""
    found = next((one for one in passages if (one.part, one.block) == (part, block)), None)
    if found is None:
        return None
    words = _tidy(quoted)
    start = found.text.find(words) if words else -1
    if start < 0:
        words, start = found.text[:QUOTED_ROOM], 0
    words = words[:QUOTED_ROOM]
    before = found.text[max(0, start - AROUND) : start]
    return Anchor(part, block, words, before, found.text[start + len(words) :][:AROUND])


def find(anchor: Anchor, passages: Sequence[Passage]) -> Found:
    """Return where the words of an anchor stand in a text: in their block, else elsewhere, their own part first."""
    if anchor.is_whole:
        return Found(Where.WHOLE)
    own = next((one for one in passages if one.block == anchor.block), None) if anchor.block else None
    if own is not None and anchor.quoted in own.text:
        return Found(Where.THERE if own.part == anchor.part else Where.MOVED, own)
    elsewhere = [one for one in passages if anchor.quoted and anchor.quoted in one.text and _could_be(anchor, one)]
    if elsewhere:
        return Found(Where.MOVED, max(elsewhere, key=lambda one: (one.part == anchor.part, _likeness(anchor, one))))
    return Found(Where.CHANGED, own) if own is not None else Found(Where.GONE)


def _blocks(part: str, html: str) -> Iterator[Passage]:
    for tag in BeautifulSoup(html, "html.parser").find_all(BLOCKS):
        if tag.find(BLOCKS) is None and (text := _tidy(tag.get_text(" "))):
            yield Passage(part, str(tag.get("id", "")), text)


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _could_be(anchor: Anchor, passage: Passage) -> bool:
    """Words enough to be the same ones, or the same words around them: "and so on" stands in many places."""
    return len(anchor.quoted) >= SHORT or _likeness(anchor, passage) >= ALIKE


def _likeness(anchor: Anchor, passage: Passage) -> float:
    """How much of what stood around the words stands around them in `passage`."""
    place = passage.text.find(anchor.quoted)
    around = passage.text[max(0, place - AROUND) : place] + passage.text[place + len(anchor.quoted) :][:AROUND]
    return SequenceMatcher(None, anchor.before + anchor.after, around, autojunk=False).ratio()
