"""Lists of threads: those of all spaces, or of one, as one reader asks for them. Each page begins after a row.

A page that shows the threads of a space takes two things from here:

    threads = threads_of_space(reader, space, after=request.GET.get("after", ""))
    {% include "discussions/threads/_threads.html" with threads=threads level=3 only %}
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.http import QueryDict

from discussions.models import Follow, Post, Space, Thread
from discussions.paging import THREADS_A_PAGE, place_after
from discussions.threads.lines import face_url, shown_name, thread_url
from foundation.moments import Clock, When, clock
from foundation.prepared import Late, prepared

if TYPE_CHECKING:
    from datetime import datetime

    from ambassadors.models import User

ALL, FOLLOWING, UNREAD, MINE = "", "following", "unread", "mine"
KINDS = (Thread.Kind.DISCUSSION, Thread.Kind.QUESTION, Thread.Kind.ASK_ME_ABOUT, Thread.Kind.PROMPT)
MOST_PINNED = 10
HEARD = (Follow.Level.EVERY, Follow.Level.DIGEST)


class Asked(NamedTuple):
    """What somebody asks a list of threads for; what makes no sense is not asked."""

    space: str = ""
    kind: str = ""
    show: str = ALL

    @classmethod
    def of(cls, query: QueryDict) -> Asked:
        kind, show, space = (query.get(name, "").replace("\0", "") for name in ("kind", "show", "space"))
        return cls(space[:80], kind if kind in KINDS else "", show if show in {FOLLOWING, UNREAD, MINE} else ALL)

    @property
    def query(self) -> dict[str, str]:
        """What stands in an address for it."""
        return {name: value for name, value in self._asdict().items() if value}


class Shape(NamedTuple):
    """What of a question decides the text of the query."""

    in_space: bool
    of_kind: bool
    show: str
    is_later: bool = False
    are_pinned: bool = False


class ThreadRow(NamedTuple):
    """A thread as a list reads it."""

    pk: int
    kind: str
    status: str
    subject: str
    space: str
    space_slug: str
    last_number: int
    last_post_at: datetime
    read_number: int
    pinned_at: datetime | None
    helped_id: int | None
    starter: str | None
    starter_is_credited: bool | None
    photo_id: UUID | None
    small_photo_id: UUID | None
    photo_audience: str | None
    last_said: dict[str, Any] | None
    starter_name: str


class ThreadLine(NamedTuple):
    """A thread as its line shows it: plain values, so that a line is drawn once and then remembered."""

    pk: int
    kind: str
    status: str
    subject: str
    space: str
    space_slug: str
    answers: int
    last: When
    last_name: str
    starter: str
    face: str
    new: int
    is_unread: bool
    is_pinned: bool
    has_helped: bool

    @property
    def url(self) -> str:
        return thread_url(self.pk, self.subject)

    @property
    def kind_label(self) -> str:
        return str(Thread.Kind(self.kind).label)

    @property
    def is_locked(self) -> bool:
        return self.status == Thread.Status.LOCKED


@dataclass(frozen=True)
class ThreadsPage:
    """Some threads, and the query string of the page after them (empty on the last)."""

    lines: list[ThreadLine]
    next_query: str = ""
    is_first: bool = True

    @property
    def next_url(self) -> str:
        return f"?{self.next_query}" if self.next_query else ""


def threads_of_space(reader: User, space: Space, *, after: str = "") -> ThreadsPage:
    """One page of what is talked about in a space, the pinned first; empty for who may not read it. Two queries at most.

    The next page is asked for by `?after=…` at the address of the page that shows it.
    """
    page = page_of_threads(reader, Asked(space=space.slug), after=after)
    following = page.next_query.removeprefix(urlencode({"space": space.slug}) + "&")
    return ThreadsPage(page.lines, following, page.is_first)


def page_of_threads(reader: User, asked: Asked, *, after: str = "") -> ThreadsPage:
    """One page of what `asked` finds for the reader, the latest first; in a space's own list the pinned ones before them."""
    place = place_after(after)
    values = {"space": asked.space, "kind": asked.kind, **place}
    shape = Shape(bool(asked.space), bool(asked.kind), asked.show, bool(place))
    pinned = _threads(reader, shape._replace(are_pinned=True), **values) if asked.space and not place else []
    rows = _threads(reader, shape, **values)
    now = clock()
    lines = [line_of(ThreadRow._make(row), now) for row in [*pinned, *rows[:THREADS_A_PAGE]]]
    if len(rows) <= THREADS_A_PAGE:
        return ThreadsPage(lines, is_first=not place)
    last = ThreadRow._make(rows[THREADS_A_PAGE - 1])
    return ThreadsPage(lines, urlencode(asked.query | {"after": f"{last.last_post_at.isoformat()}~{last.pk}"}), is_first=not place)


@prepared
def _threads(reader: Any, shape: Shape) -> QuerySet[Any, Any]:
    threads = Thread.objects.visible_to(reader).listed().exclude(kind=Thread.Kind.PRIVATE)
    if shape.in_space:
        threads = threads.filter(space__slug=Late("space"), pinned_at__isnull=not shape.are_pinned)
    threads = threads.filter(kind=Late("kind")) if shape.of_kind else threads
    threads = SHOWN[shape.show](threads, reader)
    threads = threads.before(Late("moment"), Late("pk")) if shape.is_later else threads
    last = Post.objects.filter(thread=OuterRef("pk"), number=OuterRef("last_number")).exclude(status=Post.Status.HIDDEN)
    said = last.values(who=JSONObject(name="author__name", is_credited="author__is_credited", written_by="written_by"))[:1]
    rows = threads.with_read_number_of(reader).annotate(last_said=Subquery(said))
    rows = rows.order_by("-pinned_at") if shape.are_pinned else rows.newest_first()
    starter = (f"started_by__{name}" for name in ("name", "is_credited", *PHOTO))
    columns = ("pk", "kind", "status", "subject", "space__name", "space__slug", "last_number", "last_post_at", "read_number")
    found: QuerySet[Any, Any] = rows.values_list(*columns, "pinned_at", "helped_id", *starter, "last_said", "starter_name")
    return found[: MOST_PINNED if shape.are_pinned else THREADS_A_PAGE + 1]


PHOTO = tuple(f"ambassador__{name}" for name in ("photo_id", "small_photo_id", "photo_audience"))


def _all(threads: Any, reader: Any) -> Any:
    return threads


def _followed(threads: Any, reader: Any) -> Any:
    own = Follow.objects.visible_to(reader)
    of_thread, of_space = own.filter(thread=OuterRef("pk")), own.filter(space=OuterRef("space"), level__in=HEARD)
    return threads.filter(Exists(of_thread.filter(level__in=HEARD)) | (Q(Exists(of_space)) & ~Q(Exists(of_thread))))


def _unread(threads: Any, reader: Any) -> Any:
    return threads.unread_by(reader)


def _mine(threads: Any, reader: Any) -> Any:
    spoken_in = Post.objects.filter(author=reader.pk).values("thread")
    return threads.filter(Q(started_by=reader.pk) | Q(pk__in=spoken_in))


SHOWN = {ALL: _all, FOLLOWING: _followed, UNREAD: _unread, MINE: _mine}


def line_of(row: ThreadRow, clock: Clock) -> ThreadLine:
    """Make of a row what its line shows."""
    said = row.last_said or {}
    return ThreadLine(
        pk=row.pk,
        kind=row.kind,
        status=row.status,
        subject=row.subject,
        space=row.space,
        space_slug=row.space_slug,
        answers=row.last_number - 1,
        last=clock.when(row.last_post_at),
        last_name=(said.get("written_by") or shown_name(said.get("name"), said.get("is_credited")))
        if row.last_number > 1 and said
        else "",
        starter=row.starter_name or shown_name(row.starter, row.starter_is_credited),
        face=face_url(row.small_photo_id or row.photo_id, row.photo_audience) if row.starter_is_credited else "",
        new=row.last_number - row.read_number if row.read_number else 0,
        is_unread=row.read_number < row.last_number,
        is_pinned=row.pinned_at is not None,
        has_helped=row.helped_id is not None,
    )


def spaces_read_by(reader: User) -> tuple[tuple[str, str], ...]:
    """Slug and name of the spaces whose threads the reader may be shown."""
    return tuple((slug, name) for slug, name in _spaces(reader))


@prepared
def _spaces(reader: Any) -> QuerySet[Any, Any]:
    found = Space.objects.visible_to(reader).filter(pk__in=Space.objects.read_by(reader).values("pk"))
    return found.order_by(F("kind").desc(), "name", "pk").values_list("slug", "name")
