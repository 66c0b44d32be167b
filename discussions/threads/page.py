"""What stands on one page of a thread: twenty posts, what is new among them, and what the reader can do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from discussions import rules
from discussions.acts import Acts, acts_on_posts, acts_on_thread, parts_of_posts
from discussions.addresses import this_site
from discussions.models import Thread
from discussions.paging import POSTS_A_PAGE, first_number
from discussions.threads.lines import PostLine, line_of, shown_name
from discussions.threads.people import Coming, comings_of
from discussions.threads.rows import PostRow, ThreadRow, last_there, posts_of
from discussions.words import to_plain
from foundation.moments import clock, when
from foundation.panels import panels_for
from foundation.reading import remembers

if TYPE_CHECKING:
    from ambassadors.models import User

HELPED_WORDS = 60
NO_ACTS = Acts()


@dataclass
class Shown:
    """A post on the page. `bar` stands above the first one that is new to the reader."""

    line: PostLine
    acts: Acts = NO_ACTS
    parts: Sequence[SafeString] = ()
    bar: str = ""


class Unread(NamedTuple):
    """What is said above the posts of what the reader has not read: in words, and where it begins."""

    text: str
    url: str


class Helped(NamedTuple):
    """The answer that helped, as it stands above the others."""

    text: str
    name: str
    number: int
    url: str


class Head(NamedTuple):
    """What stands at the top of a thread's page: plain values, so that it is drawn once and then remembered.

    `badge` and `state` are empty for the usual kind and state; `others` are those who sit in a private one.
    """

    pk: int
    subject: str
    is_private: bool
    space: str
    space_url: str
    badge: str
    state: str
    others: tuple[str, ...]
    comings: tuple[Coming, ...]


class Bar(NamedTuple):
    """What leads about in a long thread, and to what is new."""

    url: str
    last_number: int
    unread: Unread | None


@dataclass
class ThreadPage:
    """The posts from `start` on, and the addresses beside them."""

    row: ThreadRow
    start: int
    shown: list[Shown] = field(default_factory=list)
    helped: Helped | None = None
    posts: list[Any] = field(default_factory=list)

    @property
    def url(self) -> str:
        return self.row.thread.get_absolute_url()

    @property
    def earlier_url(self) -> str:
        return f"{self.url}?from={self.start - POSTS_A_PAGE}" if self.start > 1 else ""

    @property
    def shown_to(self) -> int:
        """The number of the last post that it shows, or that was there to be shown."""
        return min(self.start + POSTS_A_PAGE - 1, self.row.thread.last_number)

    @property
    def later_url(self) -> str:
        following = self.start + POSTS_A_PAGE
        return f"{self.url}?from={following}" if following <= self.row.thread.last_number else ""


def page_of(reader: User, row: ThreadRow, asked: str) -> ThreadPage:
    """Cut the page that begins at the number asked for; else where the reader goes on reading, or at the newest."""
    thread = row.thread
    start = first_number(asked or str(_goes_on_at(row)), thread.last_number)
    rows = posts_of(reader, thread, start, start + POSTS_A_PAGE)
    if not asked and not any(one.post.number >= start for one in rows):  # the newest ones were split off
        start = first_number(str(last_there(reader, thread)), thread.last_number)
        rows = posts_of(reader, thread, start, start + POSTS_A_PAGE)
    readable = [one.post for one in rows if one.is_readable]
    acts, parts = acts_on_posts(reader, thread, readable), parts_of_posts(reader, thread, readable)
    page = ThreadPage(row, start, posts=[post for post in readable if start <= post.number < start + POSTS_A_PAGE])
    bar_at, now, site = _first_new(row, start, rows) if remembers(reader) else 0, clock(), this_site()
    for one in rows:
        pk, is_helped = one.post.id, one.post.id == thread.helped_id
        shown = Shown(line_of(one, now, site, helped=is_helped), acts.get(pk, NO_ACTS), parts.get(pk, ()))
        if is_helped and one.is_readable and one.post.status == "shown":
            page.helped = _helped(shown.line)
        if start <= one.post.number < start + POSTS_A_PAGE:
            shown.bar = _bar(row) if one.post.number == bar_at else ""
            page.shown.append(shown)
    return page


def _helped(line: PostLine) -> Helped:
    return Helped(Truncator(to_plain(line.body)).words(HELPED_WORDS), line.name, line.number, line.url)


def _goes_on_at(row: ThreadRow) -> int:
    last = row.thread.last_number
    return row.read_number + 1 if row.read_number < last else last


def _first_new(row: ThreadRow, start: int, rows: Sequence[PostRow]) -> int:
    """The number of the first new post of the page, if somebody has begun to read and this is where they stopped."""
    later = [one.post.number for one in rows if one.post.number > row.read_number and one.post.number >= start]
    return min(later) if later and row.read_number and start <= row.read_number + 1 else 0


def _bar(row: ThreadRow) -> str:
    return _("New since %s") % when(row.read_at).short if row.read_at else _("New")


def head_of(reader: User, row: ThreadRow) -> Head:
    """Say what the page is about."""
    thread, space = row.thread, row.thread.space
    return Head(
        thread.pk,
        thread.subject,
        thread.is_private,
        space.name if space else "",
        space.get_absolute_url() if space else "",
        str(Thread.Kind(thread.kind).label) if thread.kind != Thread.Kind.DISCUSSION else "",
        _state_of(thread),
        tuple(shown_name(seat.name, seat.is_credited) for seat in row.others(reader)) if thread.is_private else (),
        tuple(comings_of(thread)) if thread.is_private else (),
    )


def _state_of(thread: Thread) -> str:
    is_told_below = thread.status == Thread.Status.PREPARING and thread.kind == Thread.Kind.ASK_ME_ABOUT
    return "" if thread.status == Thread.Status.OPEN or is_told_below else str(Thread.Status(thread.status).label)


def bar_of(reader: User, page: ThreadPage) -> Bar | None:
    """Where there is more than a page of it, or something new."""
    unread, last = unread_of(reader, page), page.row.thread.last_number
    return Bar(page.url, last, unread) if unread or last > POSTS_A_PAGE else None


def unread_of(reader: User, page: ThreadPage) -> Unread | None:
    """What to say of new posts that begin on another page, or further down."""
    row, last = page.row, page.row.thread.last_number
    if not remembers(reader) or not row.read_number or row.read_number >= last:
        return None
    number, first = last - row.read_number, row.read_number + 1
    start = first_number(str(first), last)
    address = f"{page.url}?from={start}#new" if start != page.start else "#new"
    since = when(row.read_at).short if row.read_at else ""
    text = ngettext("%(number)d new since %(day)s", "%(number)d new since %(day)s", number) % {"number": number, "day": since}
    return Unread(text, address)


def context_of(request: HttpRequest, reader: User, row: ThreadRow) -> dict[str, Any]:
    """Everything that the page of a thread says, but for the form to answer."""
    thread, page = row.thread, page_of(reader, row, request.GET.get("from", ""))
    return {
        "thread": thread,
        "page": page,
        "head": head_of(reader, row),
        "bar": bar_of(reader, page),
        "rows": page.shown,
        "posts": page.posts,
        "helped": page.helped,
        "acts": acts_on_thread(reader, thread),
        "heads": panels_for(request, "thread-head", thread),
        "feet": panels_for(request, "thread-foot", thread),
        "can_answer": can_answer(reader, thread, row),
        "is_unread": remembers(reader) and row.read_number < thread.last_number,
        "earlier_url": page.earlier_url,
        "later_url": page.later_url,
    }


def can_answer(reader: User, thread: Thread, row: ThreadRow) -> bool:
    """Whether there is somebody to answer to, and the reader may."""
    return any(seat.is_here for seat in row.others(reader)) if thread.is_private else rules.finds_form(reader, thread)
