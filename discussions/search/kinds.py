"""What can be found of conversations. A thread is found by its subject, a post by what it says.

What is said in a space is kept under the key of the space, also where all read it: whoever gains or loses a role finds more or less
with the next search, and a space that is closed needs no row written anew. What is said in private is kept once for each who sits there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ambassadors.models import User
from discussions.models import Post, Space, Thread
from discussions.search import renewing
from discussions.words import to_plain
from foundation.audiences import Audience
from foundation.prepared import prepared
from foundation.search import Searchable, SearchRow, audience_keys, searchables


@audience_keys.register("discussions")
def keys_held(reader: User) -> dict[str, str]:
    """The spaces that the reader reads, and what is theirs alone."""
    if not reader.is_member:
        return {}
    return {f"space:{pk}": name for pk, name in _spaces_read(reader)} | {f"person:{reader.pk}": str(_("Private conversations"))}


@prepared
def _spaces_read(reader: Any) -> QuerySet[Space, Any]:
    read = Space.objects.read_by(reader)  # unscoped: it is narrower than what is visible
    return read.order_by("kind", "name", "pk").values_list("pk", "name")


def space_rows(space: Space) -> Iterator[SearchRow]:
    """Name and purpose for whoever knows of the space; what came of it for those who read it."""
    inside = f"space:{space.pk}"
    told = "\n".join(filter(None, [space.purpose, space.outcome]))
    known_to = inside if space.openness == Space.Openness.HIDDEN else str(Audience.MEMBERS)
    rows = {known_to: told}
    if space.outcome_note:
        rows[inside] = f"{told}\n{space.outcome_note}"
    for key, text in rows.items():
        yield SearchRow(key, space.name, text, names=space.name, at=space.created_at)


def thread_rows(thread: Thread) -> Iterator[SearchRow]:
    """Its subject, for each who reads it."""
    for key in renewing.audience_of(thread):
        yield SearchRow(key, thread.subject, names=thread.subject, author=thread.started_by_id, at=thread.started_at)


def post_rows(post: Post) -> Iterator[SearchRow]:
    """What it says, for each who reads its thread; nothing of one that was hidden or taken back."""
    if post.status != Post.Status.SHOWN:
        return
    said = to_plain(post.body)
    for key in renewing.audience_of(post.thread):
        yield SearchRow(
            key, post.thread.subject, said, names=post.written_by, author=post.author_id, at=post.posted_at, by_title=False
        )


def hold_threads_of(posts: list[Any]) -> None:
    """Wait for whoever hides, moves or opens a thread of these posts: it decides who finds them."""
    threads = Thread.objects.filter(pk__in=Post.objects.filter(pk__in=posts).values("thread"))  # unscoped: to be indexed
    list(threads.order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))


def _spaces() -> QuerySet:
    return Space.objects.all()  # unscoped: each row says for whom it is


def _threads() -> QuerySet:
    return Thread.objects.prefetch_related("participants")  # unscoped: likewise


def _posts() -> QuerySet:
    return Post.objects.select_related("thread").prefetch_related("thread__participants")  # unscoped: likewise


for name, kind in {
    "space": Searchable(_("Spaces"), Space, space_rows, _spaces),
    "thread": Searchable(_("Conversations"), Thread, thread_rows, _threads, after=renewing.renew_posts_of),
    "post": Searchable(_("Posts"), Post, post_rows, _posts, hold=hold_threads_of),
}.items():
    searchables.add(name, replace(kind, for_visitors=False, in_places=True))
