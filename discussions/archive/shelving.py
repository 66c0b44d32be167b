"""Putting one message of an archive into its conversation: as a post with its own date, of which nobody is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from discussions.attachments import attach
from discussions.models import ArchivedMessage, Post, ReadMark, Space, Thread
from foundation import search
from foundation.models import Upload, Via
from foundation.workflow import line_of_history

if TYPE_CHECKING:
    from ambassadors.models import User

BROUGHT = "began in the archive of a mailing list"


@dataclass(frozen=True)
class Message:
    """One message, ready to be put away. It goes by `author`, or where they have no account by `name`."""

    key: UUID
    answers: Sequence[UUID]
    is_answer: bool
    subject: str
    sent_at: datetime
    html: str
    quoted: str
    message_id: str
    author: User | None
    name: str
    uploads: Sequence[Upload] = ()

    @property
    def written_by(self) -> str:
        return "" if self.author else self.name


class CameMeanwhile(Exception):
    """Another import brought this message in while this one made it ready."""


class Shelf:
    """The conversations of one space as an archive fills them.

    An answer goes to the conversation of the nearest message that it answers; where none of them is here, to one of the archive's with
    its subject, in which somebody spoke within `within` of it. Whatever is no answer begins a conversation. What people here began is
    left alone. A rehearsal touches nothing that was there before it, so that nobody waits for it.
    """

    def __init__(self, space: Space, *, by: User | None, within: timedelta, is_rehearsal: bool = False) -> None:
        self.space, self.by, self.within, self.is_rehearsal = space, by, within, is_rehearsal
        newest = Thread.objects.order_by("-pk").values_list("pk", flat=True).first()
        self._newest_before = newest or 0

    def known(self, keys: Sequence[UUID]) -> dict[UUID, ArchivedMessage]:
        """Return what is known of the messages with these keys."""
        rows = ArchivedMessage.objects.filter(space=self.space, key__in=keys).select_related("thread__merged_into")
        return {row.key: row for row in rows}

    def put(self, message: Message) -> bool:
        """Make a post of a message; within a transaction. Return whether it began a conversation; raises CameMeanwhile."""
        self._queue()
        known = self.known([message.key, *message.answers])
        if message.key in known and known[message.key].is_here:
            raise CameMeanwhile
        found = self._thread_of(message, known)
        thread = found or self._begin(message)
        post = self._add(message, thread, _answered(message, known, thread))
        if message.key in known:
            ArchivedMessage.objects.filter(pk=known[message.key].pk).update(thread=thread, post=post, is_here=True)
        own = ArchivedMessage(space=self.space, key=message.key, thread=thread, post=post)
        named = (ArchivedMessage(space=self.space, key=key, thread=thread, is_here=False) for key in message.answers)
        ArchivedMessage.objects.bulk_create(row for row in (own, *named) if row.key not in known)
        return found is None

    def _queue(self) -> None:
        with connection.cursor() as cursor:
            # An import that is cut off is begun again and finds what is here: no message needs to wait for the disk.
            cursor.execute("SET LOCAL synchronous_commit TO off")
        if not self.is_rehearsal:
            # Two imports into one space queue here, message by message: the second finds what the first has brought.
            Space.objects.select_for_update(no_key=True).get(pk=self.space.pk)

    def adopt(self, row: ArchivedMessage, author: User) -> bool:
        """Give a post that is here by a name alone to the account that has verified its address since; return whether it was one."""
        pk = row.post_id or 0
        posts = Post.objects.filter(pk=pk, author=None).exclude(written_by="")
        if self.is_rehearsal or not posts.update(author=author, written_by=""):
            return False
        begun = Thread.objects.filter(posts__pk=pk, posts__number=1, started_by=None)
        begun.update(started_by=author, starter_name="")
        search.index_many("post", [pk])
        return True

    def _thread_of(self, message: Message, known: dict[UUID, ArchivedMessage]) -> Thread | None:
        for key in (*message.answers, message.key):
            if key in known and (thread := self._standing(known[key].thread)) is not None:
                return thread
        return self._of_subject(message) if message.is_answer or message.answers else None

    def _standing(self, thread: Thread | None) -> Thread | None:
        """The thread, or the one that it was merged into, while it is in this space: who reads a message is not changed by moving it."""
        if thread is not None and thread.merged_into is not None:
            thread = thread.merged_into
        return thread if thread is not None and thread.space_id == self.space.pk else None

    def _of_subject(self, message: Message) -> Thread | None:
        of_archive = ArchivedMessage.objects.filter(thread=OuterRef("pk"))
        threads = Thread.objects.filter(
            Exists(of_archive),
            space=self.space,
            merged_into=None,
            subject__iexact=message.subject,
            last_post_at__gte=message.sent_at - self.within,
            started_at__lte=message.sent_at + self.within,
        )
        return threads.order_by("-last_post_at", "-pk").first() if message.subject else None

    def _begin(self, message: Message) -> Thread:
        thread = Thread.objects.create(
            space=self.space,
            subject=message.subject or _("Without a subject"),
            started_by=message.author,
            starter_name=message.written_by,
            started_at=message.sent_at,
            last_post_at=message.sent_at,
        )
        if not self.is_rehearsal:
            line_of_history(BROUGHT, thread, by=self.by, via=Via.IMPORT).save()
            search.index_new(thread)
        return thread

    def _add(self, message: Message, thread: Thread, answered: Post | None) -> Post | None:
        if self.is_rehearsal and thread.pk <= self._newest_before:
            return None
        # Whoever answers in it at this moment queues here, so that each post gets a number of its own.
        held = Thread.objects.select_for_update(no_key=True).get(pk=thread.pk)
        post = Post.objects.create(
            thread=held,
            number=held.last_number + 1,
            author=message.author,
            written_by=message.written_by,
            body=message.html,
            quoted=message.quoted,
            answers=answered,
            via=Via.IMPORT,
            message_id=message.message_id[:255],
            posted_at=message.sent_at,
            told_at=timezone.now(),
        )
        attach(message.uploads, post)
        _grow(held, post)
        if not self.is_rehearsal:
            search.index_new(post)
        return post


def _grow(thread: Thread, post: Post) -> None:
    """Bring the thread in step with its new post, without making anything new to anybody."""
    archived = post.number if thread.archived_number == thread.last_number else thread.archived_number
    Thread.objects.filter(pk=thread.pk).update(
        last_number=post.number,
        archived_number=archived,
        started_at=min(thread.started_at, post.posted_at),
        last_post_at=max(thread.last_post_at, post.posted_at),
    )
    if thread.last_number:
        ReadMark.objects.filter(thread=thread, number=thread.last_number).update(number=post.number)


def _answered(message: Message, known: dict[UUID, ArchivedMessage], thread: Thread) -> Post | None:
    """The post that the message answers, where it stands in the same conversation."""
    keys = [pk for key in message.answers if key in known and (pk := known[key].post_id) is not None]
    return Post.objects.filter(pk=keys[0], thread=thread).first() if keys else None
