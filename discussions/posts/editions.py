"""What a post said at each time, with what changed, word by word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from discussions.words import to_plain
from foundation.differences import Stretch, changes, paragraphs_of

if TYPE_CHECKING:
    from discussions.models import Post, PostRevision

MOST = 50


@dataclass(frozen=True)
class Edition:
    """What was said at one time: its number, when, and its words beside those of the time before."""

    number: int
    at: datetime
    paragraphs: list[list[Stretch]]


def editions_of(post: Post, revisions: Iterable[PostRevision]) -> list[Edition]:
    """Return what the post says and said, the newest first; of very many the latest."""
    said = [(one.revision, one.written_at, one.body) for one in revisions]
    said = sorted([*said, (post.revision, post.edited_at or post.posted_at, post.body)])[-MOST:]
    texts = [paragraphs_of(to_plain(body)) for _number, _at, body in said]
    before = [texts[0], *texts[:-1]]
    found = [Edition(number, at, changes(old, new)) for (number, at, _body), old, new in zip(said, before, texts, strict=True)]
    return found[::-1]
