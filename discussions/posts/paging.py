"""The list of what one keeps, by key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.utils.text import Truncator

from discussions.models import Bookmark, Post
from discussions.words import to_plain

if TYPE_CHECKING:
    from ambassadors.models import User

KEPT_A_PAGE = 25
WORDS = 40


@dataclass(frozen=True)
class Kept:
    """One post that the reader keeps. Without `post` they can no longer read it."""

    bookmark: Bookmark
    post: Post | None
    words: str = ""


def page_of_bookmarks(reader: User, *, after: str) -> tuple[list[Kept], str]:
    """Return one page of what the reader keeps, and the query of the next (empty on the last)."""
    marks = Bookmark.objects.visible_to(reader).order_by("-pk")
    if after.isascii() and after.isdigit() and len(after) < 19:
        marks = marks.filter(pk__lt=int(after))
    page = list(marks[: KEPT_A_PAGE + 1])
    shown = page[:KEPT_A_PAGE]
    readable = Post.objects.visible_to(reader).filter(pk__in=[mark.post_id for mark in shown])
    posts = {post.pk: post for post in readable.with_author().select_related("thread__space", "author__ambassador")}
    kept = [_kept(mark, posts.get(mark.post_id)) for mark in shown]
    return kept, f"?{urlencode({'after': shown[-1].pk})}" if len(page) > KEPT_A_PAGE else ""


def _kept(mark: Bookmark, post: Post | None) -> Kept:
    return Kept(mark, post, Truncator(to_plain(post.body)).words(WORDS) if post else "")
