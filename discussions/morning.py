"""What a facilitator looks at in the morning: each part of discussions registers its own source for the page `/discussions/morning/`.

A facilitator is whoever leads a space: the leaders of micro-communities, and the support team for the topics. A source reads through
`visible_to(reader)` and `led_by(reader)`, takes one query at most, and never counts or compares people. Several posts of a thread are one line.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Window
from django.db.models.functions import RowNumber

from discussions.models import Space
from foundation.registry import Registry

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from ambassadors.models import User

MOST = 10


@dataclass(frozen=True)
class Line:
    """One thing to look at: what it is, where one does something about it, in which space, and a word about it.

    `at` is when it happened or is due; a `pressing` one stands out.
    """

    title: StrPromise | str
    url: str
    space: StrPromise | str = ""
    note: StrPromise | str = ""
    at: datetime | None = None
    pressing: bool = False


@dataclass(frozen=True)
class Part:
    """One heading of the page. `calm` is what it says when nothing is there to do; `url` and `action` lead to a page with more."""

    title: StrPromise | str
    calm: StrPromise | str
    lines: tuple[Line, ...] = ()
    text: StrPromise | str = ""
    url: str = ""
    action: StrPromise | str = ""
    has_more: bool = False


@dataclass(frozen=True)
class Source:
    """Where a part comes from. It is asked of whoever leads an active space, and may return None for a reader whose business it is not.

    One with `for_all` is asked of every member, and says None to those to whom it is no duty. The lightest come first.
    """

    part: Callable[[User], Part | None]
    weight: int = 10
    for_all: bool = False


morning: Registry[Source] = Registry("source of the morning page")


def parts_for(reader: User) -> list[Part]:
    """The parts of the page for one reader, in order; none for somebody who leads nothing."""
    leads = Space.objects.led_by(reader).active().exists()
    asked = sorted((source for source in morning if leads or source.for_all), key=lambda source: source.weight)
    found = (source.part(reader) for source in asked)
    return [part for part in found if part is not None]


def one_of_a_thread(posts: Any, *, latest: bool) -> Any:
    """Of posts, only the latest (or earliest) of each thread, with the number of all of them there: `in_thread`."""
    order = ["-posted_at", "-pk"] if latest else ["posted_at", "pk"]
    place = Window(RowNumber(), partition_by="thread", order_by=order)
    return posts.annotate(in_thread=Window(Count("pk"), partition_by="thread"), place=place).filter(place=1)


def one_page(lines: list[Line]) -> tuple[tuple[Line, ...], bool]:
    """Of at most `MOST + 1` lines: those that are shown, and whether there are more."""
    return tuple(lines[:MOST]), len(lines) > MOST
