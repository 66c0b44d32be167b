"""A thread and a page of its posts as they are read from the database: one query each, whatever stands on the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.base import ModelState
from django.db.models.functions import JSONObject

from ambassadors.models import User
from ambassadors.querysets import who_are_members
from discussions.acts import post_facts, thread_facts
from discussions.models import Participant, Post, ReadMark, Space, SpaceRole, Thread
from discussions.querysets.posts import readable_by
from foundation.audiences import Audience
from foundation.models import RoleLabel
from foundation.prepared import Late, prepared

THREAD = tuple(column.attname for column in Thread._meta.concrete_fields)
SPACE = tuple(column.attname for column in Space._meta.concrete_fields)
POST = tuple(column.attname for column in Post._meta.concrete_fields)
OWN = len(POST)
SEAT = JSONObject(pk="person_id", name="person__name", is_credited="person__is_credited", is_here="is_here")
HERE = who_are_members("person__")


class Seat(NamedTuple):
    """Somebody who sits in a thread; `is_here` while they are a member, whom an answer reaches."""

    pk: int
    name: str
    is_credited: bool
    is_here: bool


@dataclass
class ThreadRow:
    """A thread with its space, how far the reader has read, what they are in its space, and who sits in it."""

    thread: Thread
    read_number: int
    read_at: datetime | None
    seats: list[Seat] = field(default_factory=list)

    def others(self, reader: User) -> list[Seat]:
        """Who sits in it beside the reader."""
        return [seat for seat in self.seats if seat.pk != reader.pk]


class Author(NamedTuple):
    """Of whoever wrote a post, what its place shows."""

    name: str | None
    is_credited: bool | None
    slug: str | None
    status: str | None
    listed_for: str | None
    photo_id: UUID | None
    small_photo_id: UUID | None
    photo_audience: str | None
    labels_audience: str | None
    labels_now: list[str]


AUTHOR = (
    "author__name",
    "author__is_credited",
    *(f"author__ambassador__{name}" for name in ("slug", "status", "listed_for", "photo_id", "small_photo_id")),
    "author__ambassador__photo_audience",
    "author__ambassador__role_labels_audience",
    "labels_now",
)


@dataclass
class PostRow:
    """A post in its place. Its body is empty where the reader may not read it (`is_readable`)."""

    post: Post
    is_readable: bool
    author: Author


def thread_for(reader: User, pk: int) -> ThreadRow | None:
    """Return the thread if `reader` sees it, with everything that its page asks of it."""
    found = _thread(reader, pk=pk)
    if not found:
        return None
    own, rest = found[0][: len(THREAD)], found[0][len(THREAD) :]
    thread = Thread.from_db(DEFAULT_DB_ALIAS, THREAD, own)
    values, (number, at, roles, seats, *facts) = rest[: len(SPACE)], rest[len(SPACE) :]
    thread.space = _space(values, reader, roles) if thread.space_id else None
    thread.read_number = number
    for (name, _fact), value in zip(thread_facts.items(), facts, strict=True):
        setattr(thread, name, value)
    thread.known_seats = frozenset(seat["pk"] for seat in seats)
    return ThreadRow(thread, number, at, [Seat(**seat) for seat in seats])


def _space(values: Sequence[Any], reader: User, roles: Sequence[str]) -> Space:
    space: Space = Space.from_db(DEFAULT_DB_ALIAS, SPACE, values)
    space.known_roles = {reader.pk: frozenset(roles)}
    return space


@prepared
def _thread(reader: Any) -> QuerySet[Any, Any]:
    roles = SpaceRole.objects.filter(space=OuterRef("space"), person=reader.pk).values("role")
    is_here = Case(When(HERE, then=Value(True)), default=Value(False))
    seats = Participant.objects.filter(thread=OuterRef("pk")).annotate(is_here=is_here).order_by("seat")
    mark = ReadMark.objects.visible_to(reader).filter(thread=OuterRef("pk")).values("read_at")[:1]
    threads = Thread.objects.visible_to(reader).filter(pk=Late("pk")).with_read_number_of(reader)
    threads = threads.annotate(
        mark_at=Subquery(mark),
        own_roles=ArraySubquery(roles.order_by("role")),
        seats=ArraySubquery(seats.values(who=SEAT)),
        **{name: fact(reader) for name, fact in thread_facts.items()},
    )
    space = (f"space__{name}" for name in SPACE)
    facts = (name for name, _fact in thread_facts.items())
    return threads.values_list(*THREAD, *space, "read_number", "mark_at", "own_roles", "seats", *facts)


def posts_of(reader: User, thread: Thread, start: int, end: int) -> list[PostRow]:
    """Return the posts numbered from `start` to before `end`, and the one that helped wherever it stands, in order."""
    rows = _posts(reader, thread=thread.pk, start=start, end=end, helped=thread.helped_id)
    return [_post_row(thread, row) for row in rows]


def last_there(reader: User, thread: Thread) -> int:
    """The number of the newest post that is still in the thread: others may have been split off."""
    numbers = Post.objects.placed_for(reader).filter(thread=thread).order_by("-number").values_list("number", flat=True)
    return numbers.first() or 1


def _post_row(thread: Thread, row: Sequence[Any]) -> PostRow:
    post = _post_of(thread, row[:OWN], row[OWN + 1 + len(AUTHOR) :])
    return PostRow(post, row[OWN], Author._make(row[OWN + 1 : OWN + 1 + len(AUTHOR)]))


def _post_of(thread: Thread, own: Sequence[Any], facts: Sequence[Any]) -> Post:
    """A post as `from_db` makes it, with its thread and its facts: Django's way through twenty setters takes longer than the query."""
    post = Post.__new__(Post)
    post._state = ModelState()
    post._state.adding, post._state.db = False, DEFAULT_DB_ALIAS
    post._state.fields_cache["thread"] = thread
    post.__dict__.update(zip(POST, own, strict=True))
    post.__dict__.update(zip((name for name, _fact in post_facts.items()), facts, strict=True))
    return post


@prepared
def _posts(reader: Any) -> QuerySet[Any, Any]:
    in_page = Q(number__gte=Late("start"), number__lt=Late("end")) | Q(pk=Late("helped"))
    readable = readable_by(reader)
    labels = RoleLabel.objects.filter(ambassadors__user=OuterRef("author")).values("name")
    posts = (
        Post.objects.placed_for(reader)
        .filter(in_page, thread=Late("thread"))
        .annotate(  # unscoped: what is not readable is empty
            words=Case(When(readable, then=F("body")), default=Value(""), output_field=models.TextField()),
            words_quoted=Case(When(readable, then=F("quoted")), default=Value(""), output_field=models.TextField()),
            is_readable=Case(When(readable, then=Value(True)), default=Value(False), output_field=models.BooleanField()),
            labels_now=ArraySubquery(labels),
            **{name: fact(reader) for name, fact in post_facts.items()},
        )
    )
    instead = {"body": "words", "quoted": "words_quoted"}
    own = [instead.get(name, name) for name in POST]
    return posts.in_order().values_list(*own, "is_readable", *AUTHOR, *(name for name, _fact in post_facts.items()))


def is_shown(audience: str | None) -> bool:
    """Whether members see what is for this audience."""
    return audience in {Audience.PUBLIC, Audience.MEMBERS}
