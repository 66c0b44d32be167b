"""The posts of a digest, read in one query: what was said since the last one, unread, unmailed and not muted, and why it concerns the reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Count, Exists, F, IntegerField, Max, Min, OuterRef, Q, Subquery, TextField, Value, When, Window
from django.db.models.functions import Coalesce, Left, RowNumber

from correspondence.digests.sections import SINCE, UNTIL, Reading, mailed
from correspondence.models import DigestChoice
from discussions.models import Follow, Mention, Post, Question, ReadMark, SpaceRole
from discussions.models.post import signed
from foundation.prepared import prepared

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

Level = Follow.Level
TO_YOU, FOLLOWED, ELSEWHERE = 1, 2, 3
MOST = 120  # posts of one digest
ROOM = {DigestChoice.Amount.HEADLINES: (0, 1), DigestChoice.Amount.EXCERPTS: (2000, 1), DigestChoice.Amount.FULL: (30_000, 6)}


class PostRow(NamedTuple):
    """One post, with what is known of its thread; `part` says why the conversation is told, `in_thread` how many of its posts are new."""

    pk: int
    number: int
    thread: int
    subject: str
    kind: str
    status: str
    space: int | None
    space_name: str | None
    space_kind: str | None
    space_status: str | None
    space_headlines_only: bool | None
    author: int | None
    author_name: str
    body: str
    posted_at: datetime
    roles: list[str]
    part: int
    in_thread: int
    via: str
    assistant_name: str

    @property
    def byline(self) -> str:
        """The name beside the words, with the assistant's through whom they came; empty for who left."""
        return signed(self.author_name, self.via, self.assistant_name) if self.author_name else ""


class Wanted(NamedTuple):
    """How much of each post, how many of a conversation, and which reasons to tell of one the reader has not switched off."""

    letters: int
    of_thread: int
    follows: bool
    mentions: bool
    privately: bool


def posts_of(reading: Reading) -> list[PostRow]:
    """The posts to tell of, conversation by conversation, the liveliest first."""
    reasons = (kind not in reading.off for kind in ("thread_post", "mention", "private_message"))
    wanted = Wanted(*ROOM[DigestChoice.Amount(reading.amount)], *reasons)
    rows = _posts(reading.person, wanted, since=reading.since, until=reading.until)
    return [PostRow._make(row[: len(PostRow._fields)]) for row in rows]


@prepared
def _posts(person: Any, wanted: Wanted) -> QuerySet[Any, Any]:
    posts = _unread_and_unmailed(person).annotate(heard=_heard(person), part_of_post=_part(person, wanted))
    told = posts.filter(~Q(heard=Level.MUTED), part_of_post__isnull=False).annotate(
        turn=Window(RowNumber(), partition_by="thread", order_by="number"),
        part=Window(Min("part_of_post"), partition_by="thread"),
        in_thread=Window(Count("pk"), partition_by="thread"),
        latest=Window(Max("posted_at"), partition_by="thread"),
        roles=ArraySubquery(SpaceRole.objects.filter(space=OuterRef("thread__space"), person=person.pk).values("role")),
        name=Case(When(author__is_credited=True, then=F("author__name")), default=Value("")),
        words=Left("body", wanted.letters) if wanted.letters else Value("", TextField()),
    )
    rows: QuerySet[Any, Any] = told.filter(turn__lte=wanted.of_thread).order_by("part", "-latest", "thread", "number")
    return rows.values_list(
        "pk", "number", "thread", "thread__subject", "thread__kind", "thread__status", "thread__space", "thread__space__name",
        "thread__space__kind", "thread__space__status", "thread__space__headlines_only", "author", "name", "words", "posted_at", "roles", "part", "in_thread",
        "via", "assistant_name",
    )[:MOST]  # fmt: skip


def _unread_and_unmailed(person: Any) -> Any:
    """Of the words that the person may read now, those of others within the span. What a prompt or a session begins with is told apart; what an
    archive brought is no news."""
    seen = ReadMark.objects.visible_to(person).filter(thread=OuterRef("thread")).values("number")[:1]
    questions = Question.objects.filter(pk__in=mailed(person, "question"))
    posts = Post.objects.visible_to(person).filter(
        ~Q(author=person.pk), posted_at__gt=SINCE, posted_at__lte=UNTIL, status="shown", thread__status__in=["open", "locked"]
    )
    return posts.filter(
        ~Q(number=1, thread__kind__in=["prompt", "ask me about"]),
        ~Q(via="import"),
        ~Q(pk__in=mailed(person, "post")),
        ~Exists(questions.filter(Q(post=OuterRef("pk")) | Q(answer=OuterRef("pk")))),
        number__gt=Coalesce(Subquery(seen), 0),
    )


def _heard(person: Any) -> Coalesce:
    """What the person said of the thread, else of its space."""
    own = Follow.objects.visible_to(person)
    of_thread = own.filter(thread=OuterRef("thread")).values("level")[:1]
    of_space = own.filter(space=OuterRef("thread__space")).values("level")[:1]
    return Coalesce(Subquery(of_thread), Subquery(of_space), Value(""))


def _part(person: Any, wanted: Wanted) -> Case:
    """Why a post concerns the person; nothing where it does not. Whoever wants to hear of a thread only when named hears nothing else of it."""
    named = Exists(Mention.objects.filter(post=OuterRef("pk"), person=person.pk))
    joined = Exists(SpaceRole.objects.filter(space=OuterRef("thread__space"), person=person.pk))
    reasons = [
        When(Q(named), then=TO_YOU if wanted.mentions else None),
        When(heard=Level.MENTIONS, then=None),
        When(thread__kind="private", then=TO_YOU if wanted.privately else None),
        When(Q(answers__author=person.pk) | Q(thread__started_by=person.pk), then=TO_YOU),
        When(heard__in=[Level.EVERY, Level.DIGEST], then=FOLLOWED if wanted.follows else None),
        When(Q(joined), then=FOLLOWED),
        When(number=1, thread__space__openness="open", then=ELSEWHERE),
    ]
    return Case(*reasons, default=None, output_field=IntegerField())
