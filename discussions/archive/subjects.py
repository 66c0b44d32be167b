"""What a conversation is about, without what mail programs and lists put before it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

ANSWERED = re.compile(
    r"^\s*(?:re|aw|antw|antwort|sv|vs|ref|res|rif|odp|ynt|回复|回覆|答复|答覆|返信)\s*(?:\[\d+\]|\(\d+\))?\s*[:\uff1a]\s*",
    re.IGNORECASE,
)
TAG = re.compile(r"^\s*\[([^\[\]]{1,60})\]\s*")
LONGEST = 150


class Subject(NamedTuple):
    """A bare subject, and whether the mail says that it answers."""

    text: str
    is_answer: bool


def bare(subject: str, tag: str = "") -> Subject:
    """Take “Re:” in its many languages and the tag of the list from the beginning, as often as they stand there."""
    text, is_answer = " ".join(subject.split()), False
    while True:
        found = ANSWERED.match(text)
        tagged = TAG.match(text)
        if found:
            text, is_answer = text[found.end() :], True
        elif tag and tagged and tagged[1].casefold() == tag:
            text = text[tagged.end() :]
        else:
            return Subject(text.strip()[:LONGEST].rstrip(), is_answer)


def tag_of(samples: Sequence[tuple[str, str]]) -> str:
    """Return the tag that a list puts before its subjects: one that its name holds, else one that most of several matters bear.

    `samples` are pairs: the subject of a mail, and what the mail says of its list.
    """
    tags, named = Counter[str](), Counter[str]()
    matters: dict[str, set[str]] = {}
    for subject, said_of_list in samples:
        behind = _behind_answers(subject)
        if found := TAG.match(behind):
            tag = found[1].casefold()
            tags[tag] += 1
            named[tag] += tag in said_of_list.casefold()
            matters.setdefault(tag, set()).add(behind)
    if +named:
        return named.most_common(1)[0][0]
    often = [tag for tag, times in tags.items() if times * 2 > len(samples) and len(matters[tag]) > 1]
    return often[0] if often else ""


def _behind_answers(subject: str) -> str:
    while found := ANSWERED.match(subject):
        subject = subject[found.end() :]
    return subject
