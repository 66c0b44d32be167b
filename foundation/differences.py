"""What changed between two texts, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

ALIKE = 0.5  # below that, two paragraphs are told apart as wholes: single words that happen to return say nothing
WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Stretch:
    """Some words which stayed ("same"), went ("gone") or came ("new")."""

    kind: str
    text: str


def changes(old: Sequence[str], new: Sequence[str]) -> list[list[Stretch]]:
    """Return the paragraphs of both texts in order, each as stretches of words; no paragraph of one is lost."""
    found = []
    # Paragraphs first, words only where a paragraph changed: a long text costs little.
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found += [[Stretch("same", paragraph)] for paragraph in old[a:b]]
        else:
            found += _changed(old[a:b], new[c:d])
    return found


def is_changed(paragraphs: list[list[Stretch]]) -> bool:
    """Whether there is any difference at all."""
    return any(stretch.kind != "same" for paragraph in paragraphs for stretch in paragraph)


def paragraphs_of(*texts: str) -> list[str]:
    """Return the paragraphs of plain texts, in order."""
    return [paragraph for text in texts for paragraph in text.split("\n\n") if paragraph.strip()]


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[list[Stretch]]:
    together = min(len(old), len(new))
    for before, after in zip(old[:together], new[:together], strict=True):
        yield list(_words(before, after))
    yield from ([Stretch("gone", paragraph)] for paragraph in old[together:])
    yield from ([Stretch("new", paragraph)] for paragraph in new[together:])


def _words(before: str, after: str) -> Iterator[Stretch]:
    old, new = WORDS.findall(before), WORDS.findall(after)
    compared = SequenceMatcher(None, old, new, autojunk=False)
    if SequenceMatcher(None, before.split(), after.split(), autojunk=False).ratio() < ALIKE:
        yield from (Stretch("gone", before), Stretch("new", after))
        return
    for kind, a, b, c, d in compared.get_opcodes():
        if kind == "equal":
            yield Stretch("same", "".join(old[a:b]))
            continue
        if a < b:
            yield Stretch("gone", "".join(old[a:b]))
        if c < d:
            yield Stretch("new", "".join(new[c:d]))
