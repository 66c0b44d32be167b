"""What changed between two editions, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from community.models import PageEdition
from foundation.richtext import to_plain

ALIKE = 0.5  # below that, two paragraphs are told apart as wholes: single words that happen to return say nothing
WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Stretch:
    """Some words which stayed ("same"), went ("gone") or came ("new")."""

    kind: str
    text: str


def changes_between(before: PageEdition | None, after: PageEdition) -> list[list[Stretch]]:
    """Return the paragraphs of both texts in order, each as stretches of words; no paragraph of one is lost."""
    old, new = _paragraphs(before), _paragraphs(after)
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


def _paragraphs(edition: PageEdition | None) -> list[str]:
    parts = [edition.title, edition.lead, to_plain(edition.body)] if edition else []
    return [paragraph for part in parts for paragraph in part.split("\n\n") if paragraph.strip()]


def _changed(old: list[str], new: list[str]) -> Iterator[list[Stretch]]:
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
