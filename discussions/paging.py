"""Pages by key: each begins after a row, not after a number of rows."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.dateparse import parse_datetime

from discussions.models import Thread
from foundation.prepared import Late, prepared

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from ambassadors.models import User

THREADS_A_PAGE = 25
POSTS_A_PAGE = 20


class ThreadLine(NamedTuple):
    """One private conversation in the reader's list; who left without credit has no name here."""

    pk: int
    subject: str
    last_post_at: datetime
    last_number: int
    read_number: int
    names: tuple[str, ...]

    @property
    def url(self) -> str:
        return Thread(pk=self.pk, subject=self.subject).get_absolute_url()

    @property
    def is_new(self) -> bool:
        """Whether something in it was not on the reader's screen yet."""
        return self.read_number < self.last_number

    @property
    def place(self) -> str:
        """What stands in the address of the page after it."""
        return f"{self.last_post_at.isoformat()}~{self.pk}"


def page_of_private_threads(reader: User, *, after: str) -> tuple[list[ThreadLine], str]:
    """Return the conversations of one page, the latest first, and the place after which the next begins (empty on the last)."""
    place = place_after(after)
    rows = _private_threads(reader, bool(place), **place)
    lines = [ThreadLine._make([*row[:-1], tuple(row[-1])]) for row in rows[:THREADS_A_PAGE]]
    return lines, lines[-1].place if len(rows) > THREADS_A_PAGE else ""


@prepared
def _private_threads(reader: Any, is_later: bool) -> QuerySet[Any, Any]:
    threads = Thread.objects.private_to(reader).with_names_beside(reader).with_read_number_of(reader).newest_first()
    threads = threads.before(Late("moment"), Late("pk")) if is_later else threads
    return threads.values_list(*ThreadLine._fields)[: THREADS_A_PAGE + 1]


def place_after(after: str) -> dict[str, Any]:
    """Read a place in a list from an address; whatever is not one means the beginning, and is empty."""
    moment, _tilde, pk = after[:60].rpartition("~")
    try:
        at = parse_datetime(moment)
    except ValueError:
        return {}
    is_place = at is not None and at.tzinfo is not None and pk.isascii() and pk.isdigit() and len(pk) < 19
    return {"moment": at, "pk": int(pk)} if is_place else {}


def first_number(asked: str, last_number: int, a_page: int = POSTS_A_PAGE) -> int:
    """Return the number at which the page of posts begins: that of the one asked for, or the last page."""
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else last_number
    number = max(1, min(number, last_number))
    return (number - 1) // a_page * a_page + 1
