"""Conversations that belong elsewhere: moved to another space, split in two, or merged into one.

Posts keep their permanent addresses, which are by their own keys. Whoever had read something has read it still, and nothing that they
had not read counts as read. Whoever adds to a thread meanwhile waits for its lock, and then finds it where it has gone.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from discussions.models import Follow, Post, ReadMark, Space, Thread
from discussions.moderation import rules
from foundation.models import Via
from foundation.workflow import Transition, TransitionRefused, apply, record

if TYPE_CHECKING:
    from ambassadors.models import User

S = Thread.Status
MERGE = Transition("merged the conversation into another", frozenset({S.OPEN, S.LOCKED}), S.MERGED, rules.leads_thread)

# The posts in their order, numbered anew from `offset` on, in one statement.
TAKE_POSTS = """
UPDATE discussions_post SET thread_id = %(into)s, number = %(offset)s + moved.place
FROM (SELECT id, row_number() OVER (ORDER BY number) AS place FROM discussions_post
      WHERE thread_id = %(source)s AND id = ANY(%(posts)s)) AS moved
WHERE discussions_post.id = moved.id
"""
# How many of the posts that leave a thread were on somebody's screen: they keep their order, so this is their mark in the new one.
MARKS_OF_SPLIT = """
INSERT INTO discussions_readmark (thread_id, person_id, number, read_at)
SELECT %(into)s, mark.person_id, count(post.id), mark.read_at FROM discussions_readmark AS mark
JOIN discussions_post AS post ON post.thread_id = mark.thread_id AND post.id = ANY(%(posts)s) AND post.number <= mark.number
WHERE mark.thread_id = %(source)s GROUP BY mark.person_id, mark.read_at
"""
# Whoever had read all of what was there goes on with what they had read of what comes after it.
MARKS_OF_MERGE = """
UPDATE discussions_readmark AS mark SET number = %(offset)s + (
    SELECT count(*) FROM discussions_post AS post WHERE post.thread_id = %(source)s AND post.number <= there.number)
FROM discussions_readmark AS there
WHERE mark.thread_id = %(into)s AND mark.number >= %(offset)s AND there.thread_id = %(source)s AND there.person_id = mark.person_id
"""


@transaction.atomic
def move(thread: Thread, space: Space, *, by: User, via: Via = Via.WEB) -> None:
    """Move a conversation to another space that all ambassadors read.

    Raises PermissionDenied when `by` may not, ValidationError when either space is for its own people only.
    """
    (thread,) = _held([thread.pk], by)
    if not rules.may_move_to(by, space):
        raise PermissionDenied(_("You begin no conversations in that space."))
    _refuse_what_would_tell(thread, space)
    if space.pk == thread.space_id:
        raise ValidationError(_("It is in that space already."))
    before = str(thread.space)
    Thread.objects.filter(pk=thread.pk).update(space=space, pinned_at=None)
    thread.refresh_from_db()
    record(
        "moved the conversation",
        thread,
        by=by,
        via=via,
        note=_("from “%(before)s” to “%(after)s”") % {"before": before, "after": space},
    )


@transaction.atomic
def split(thread: Thread, posts: Iterable[int], *, subject: str, by: User, via: Via = Via.WEB) -> Thread:
    """Let some posts of a conversation begin one of their own, in the same space and in their order. Its followers follow both."""
    (thread,) = _held([thread.pk], by)
    leaving = _that_leave(thread, posts)
    subject = " ".join(subject.split())[:150]
    if not subject:
        raise ValidationError(_("Say in a few words what the new conversation is about."))
    first, last = leaving[0], leaving[-1]
    new = Thread.objects.create(
        space=thread.space, subject=subject, started_by=first.author, started_at=first.posted_at, split_from=thread
    )
    keys = [post.pk for post in leaving]
    _run(MARKS_OF_SPLIT, into=new.pk, source=thread.pk, posts=keys)
    _run(TAKE_POSTS, into=new.pk, source=thread.pk, posts=keys, offset=0)
    Thread.objects.filter(pk=new.pk).update(last_number=len(keys), last_post_at=last.posted_at)
    _close_the_ranks(thread, keys)
    _follow_too(thread, new)
    said = {"number": len(keys), "subject": subject}
    record("split the conversation", thread, by=by, via=via, note=_("%(number)d posts went to “%(subject)s”") % said)
    new.refresh_from_db()
    record("split from another conversation", new, by=by, via=via, note=_("from “%(subject)s”") % {"subject": thread.subject})
    return new


@transaction.atomic
def merge(thread: Thread, into: Thread, *, by: User, via: Via = Via.WEB) -> None:
    """Put the posts of `thread` after those of `into`, in their order. Its address leads there from now on, and so do its followers."""
    if thread.pk == into.pk:
        raise ValidationError(_("Choose another conversation."))
    thread, into = _held([thread.pk, into.pk], by)
    if thread.space_id != into.space_id:
        _refuse_what_would_tell(thread, into.space)
    keys = list(Post.objects.filter(thread=thread).values_list("pk", flat=True))
    offset = into.last_number
    _run(MARKS_OF_MERGE, into=into.pk, source=thread.pk, offset=offset)
    _run(TAKE_POSTS, into=into.pk, source=thread.pk, posts=keys, offset=offset)
    helped = into.helped_id or (thread.helped_id if into.kind == Thread.Kind.QUESTION else None)
    latest = max(thread.last_post_at, into.last_post_at)
    Thread.objects.filter(pk=into.pk).update(last_number=offset + len(keys), last_post_at=latest, helped=helped)
    Thread.objects.filter(merged_into=thread).update(merged_into=into)
    _follow_too(thread, into)
    note = _("into “%(subject)s”") % {"subject": into.subject}
    apply(MERGE, thread, by=by, via=via, history_note=note, merged_into=into, pinned_at=None, helped=None)
    into.refresh_from_db()
    note = _("“%(subject)s”, from post %(number)d on") % {"subject": thread.subject, "number": offset + 1}
    record("merged another conversation into it", into, by=by, via=via, note=note)


def _held(keys: list[int], by: User) -> list[Thread]:
    """The threads under their locks, in the order of `keys`; all of them led by `by` and of a kind that can be rearranged."""
    # In the order of their keys: of two people who merge the same two the other way round, one waits for the other.
    locked = Thread.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    held = {thread.pk: thread for thread in locked}
    for thread in held.values():
        if not rules.leads_thread(by, thread):
            raise PermissionDenied(_("This is for those who lead the space."))
        if reason := rules.why_not_rearranged(thread):
            raise ValidationError(reason)
        if not rules.can_be_rearranged(thread):
            raise TransitionRefused(f"{thread} cannot be moved, split or merged")
    return [held[key] for key in keys]


def _refuse_what_would_tell(thread: Thread, space: Space | None) -> None:
    """What was said among the people of a closed space stays with them, and nobody loses sight of their own words."""
    if any(one is None or one.openness != Space.Openness.OPEN for one in (thread.space, space)):
        raise ValidationError(_("Conversations go only from one space that all ambassadors read to another."))


def _that_leave(thread: Thread, posts: Iterable[int]) -> list[Post]:
    """The chosen posts, in order. The first post of a thread stays: it is what the others answer."""
    there = Post.objects.filter(thread=thread).order_by("number")
    stays = there.values("pk")[:1]
    leaving = list(there.filter(pk__in=posts).exclude(pk__in=stays).select_related("author"))
    if not leaving:
        raise ValidationError(_("Choose the posts that are to go. The first one stays."))
    return leaving


def _close_the_ranks(thread: Thread, gone: list[int]) -> None:
    """What is said of the thread as a whole is true of what is left in it. Numbers that were given are not given again."""
    left = Post.objects.filter(thread=thread).aggregate(number=Max("number"), at=Max("posted_at"))
    Thread.objects.filter(pk=thread.pk).update(last_post_at=left["at"])
    Thread.objects.filter(pk=thread.pk, helped__in=gone).update(helped=None)
    read_it_all = ReadMark.objects.filter(thread=thread, number__gte=left["number"], number__lt=thread.last_number)
    read_it_all.update(number=thread.last_number)
    thread.refresh_from_db()


def _follow_too(thread: Thread, other: Thread) -> None:
    there = Follow.objects.filter(thread=other).values("person")
    rows = [
        Follow(person_id=row.person_id, thread=other, level=row.level)
        for row in Follow.objects.filter(thread=thread).exclude(person__in=there).order_by("person")
    ]
    Follow.objects.bulk_create(rows, ignore_conflicts=True)


def _run(statement: str, **values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
