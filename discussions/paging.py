"""Pages by key: each begins after a row, not after a number of rows."""

from __future__ import annotations

from datetime import datetime

from django.utils.dateparse import parse_datetime

from discussions.models import Thread
from discussions.querysets import ThreadQuerySet

THREADS_A_PAGE = 25
POSTS_A_PAGE = 50


def page_of_threads(threads: ThreadQuerySet, *, after: str) -> tuple[list[Thread], str]:
    """Return the threads of one page, and the place after which the next page begins (empty on the last)."""
    place = _place(after)
    rows = list((threads.before(*place) if place else threads)[: THREADS_A_PAGE + 1])
    if len(rows) <= THREADS_A_PAGE:
        return rows, ""
    last = rows[THREADS_A_PAGE - 1]
    return rows[:THREADS_A_PAGE], f"{last.last_post_at.isoformat()}~{last.pk}"


def _place(after: str) -> tuple[datetime, int] | None:
    moment, _tilde, pk = after[:60].rpartition("~")
    try:
        at = parse_datetime(moment)
    except ValueError:
        return None
    is_place = at is not None and at.tzinfo is not None and pk.isascii() and pk.isdigit() and len(pk) < 19
    return (at, int(pk)) if at and is_place else None


def first_number(asked: str, last_number: int) -> int:
    """Return the number at which the page of posts begins: the one asked for, or the last page."""
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else last_number
    number = max(1, min(number, last_number))
    return (number - 1) // POSTS_A_PAGE * POSTS_A_PAGE + 1
