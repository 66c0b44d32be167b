"""Ids of the blocks of a text: given by the server at save, and kept by a block for as long as it is recognisably the same.

Comments, quotes and footnotes hold on to them.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from difflib import SequenceMatcher

from bs4 import BeautifulSoup, Tag

BLOCKS = ["p", "h2", "h3", "li", "blockquote"]
BLOCK_ID = re.compile(r"b[a-z2-7]{8}")
ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
ALIKE = 0.6
MOST_COMPARISONS = 400  # of one changed stretch with its former self, text by text


@dataclass
class Block:
    """A block that holds no other: what it is, what it says, and its id."""

    tag: Tag
    id: str

    @property
    def key(self) -> tuple[str, str]:
        return self.tag.name, self.text

    @property
    def text(self) -> str:
        return " ".join(self.tag.get_text(" ").split())


def give_ids(soup: BeautifulSoup, previous: BeautifulSoup) -> None:
    """Give every block of `soup` an id: that of its former self in `previous` where there is one, else a new one."""
    new, old = _blocks(soup), _blocks(previous)
    known = {block.id for block in old}
    by_itself = {block.id: block for block in new if block.id in known}
    for tag in soup.find_all(id=True):
        del tag["id"]
    given = _matched(new, old) if old else {}
    taken = set(given.values())
    for place, block in enumerate(new):
        own = block.id if by_itself.get(block.id) is block and block.id not in taken else ""
        block.tag["id"] = given.get(place) or own or new_id()
        taken.add(str(block.tag["id"]))


def new_id() -> str:
    """Forty random bits: the texts of one page do not meet."""
    return "b" + "".join(secrets.choice(ALPHABET) for _ in range(8))


def _blocks(soup: BeautifulSoup) -> list[Block]:
    return [Block(tag, str(tag.get("id", ""))) for tag in soup.find_all(BLOCKS) if tag.find(BLOCKS) is None]


def _matched(new: list[Block], old: list[Block]) -> dict[int, str]:
    """Return places in `new` with the ids they inherit: same text in order, then alike in the same stretch, then same text moved."""
    given: dict[int, str] = {}
    free = {block.id: block for block in old if block.id}
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, [b.key for b in old], [b.key for b in new]).get_opcodes():
        if kind == "equal":
            _hand_on(given, free, zip(range(j1, j2), (block.id for block in old[i1:i2]), strict=True))
        elif kind == "replace" and (i2 - i1) * (j2 - j1) <= MOST_COMPARISONS:
            _hand_on(given, free, _alike(new, old, range(i1, i2), range(j1, j2)))
    moved = {block.text: block.id for block in free.values()}
    _hand_on(given, free, [(place, moved.get(block.text, "")) for place, block in enumerate(new) if place not in given])
    return given


def _hand_on(given: dict[int, str], free: dict[str, Block], pairs: object) -> None:
    for place, block_id in pairs:  # type: ignore[attr-defined]
        if block_id in free and place not in given:
            given[place] = block_id
            del free[block_id]


def _alike(new: list[Block], old: list[Block], olds: range, news: range) -> list[tuple[int, str]]:
    """Pairs of a changed stretch, those that are most alike first."""
    scored = [(_likeness(old[i].text, new[j].text), j, old[i].id) for i in olds for j in news]
    return [(j, block_id) for score, j, block_id in sorted(scored, key=lambda pair: -pair[0]) if score >= ALIKE]


def _likeness(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one[:600], other[:600])
    return matcher.ratio() if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE else 0.0
