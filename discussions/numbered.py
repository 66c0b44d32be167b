"""The numbered questions of a post: lists of the editor, and lines that somebody numbered by hand ("1-", "2)"), on the web or by mail.

Numbers are one row through the whole post: a list after a break goes on where the last one ended, so that "your question 3" is one only.
What stands in a quotation is somebody else's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag

from foundation.richtext import to_plain

BY_HAND = re.compile(r"\(?(\d{1,2})\s*[.):\u2013-]\s*(?=[^\W\d]|[\"'\u201c\u2018\u00bf\u00a1(])")


class Numbered(NamedTuple):
    """One of several questions: its number in the post, what it asks as plain text, and the id of the block where it stands."""

    number: int
    text: str
    block: str


def questions_of(html: str) -> list[Numbered]:
    """Return what is numbered in the body of a post, in its order; nothing where nothing is numbered.

    What is numbered by hand counts while it counts up: a line that begins with a year or a time is none.
    """
    found: list[Numbered] = []
    for block in BeautifulSoup(html, "html.parser").find_all(True, recursive=False):
        last = found[-1].number if found else 0
        found += _of_list(block, last) if block.name == "ol" else _by_hand(block, last)
    return found


def numbered_through(html: str) -> str:
    """Return clean `html` with lists that go on where the last numbers ended; otherwise as it is."""
    if "<ol" not in html:
        return html
    soup, last, is_changed = BeautifulSoup(html, "html.parser"), 0, False
    for block in soup.find_all(True, recursive=False):
        if block.name == "ol" and _start(block) <= last:
            block["start"], is_changed = str(last + 1), True
        numbers = [one.number for one in (_of_list(block, last) if block.name == "ol" else _by_hand(block, last))]
        last = numbers[-1] if numbers else last
    return soup.decode(formatter="minimal") if is_changed else html


def _start(ordered: Tag) -> int:
    start = str(ordered.get("start", ""))
    return int(start) if start.isdecimal() else 1


def _of_list(ordered: Tag, last: int) -> Iterator[Numbered]:
    first = max(_start(ordered), last + 1)
    for number, item in enumerate(ordered.find_all("li", recursive=False), start=first):
        place = item if item.get("id") else item.find(id=True)
        yield Numbered(number, to_plain(item.decode_contents()), str(place["id"]) if place else "")


def _by_hand(block: Tag, last: int) -> Iterator[Numbered]:
    """Lines of a paragraph or heading; a line without a number belongs to the one above it."""
    if block.name not in {"p", "h2", "h3"}:
        return
    waiting: tuple[int, list[str]] | None = None
    for line in to_plain(str(block)).split("\n"):
        mark = BY_HAND.match(line)
        if mark and int(mark[1]) == last + 1:
            if waiting:
                yield Numbered(waiting[0], "\n".join(waiting[1]), str(block.get("id", "")))
            last, waiting = last + 1, (last + 1, [line[mark.end() :]])
        elif waiting:
            waiting[1].append(line)
    if waiting:
        yield Numbered(waiting[0], "\n".join(waiting[1]), str(block.get("id", "")))
