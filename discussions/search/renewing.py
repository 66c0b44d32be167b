"""What happens to the posts' entries when a thread is hidden, opened, moved, merged, renamed, or somebody joins or leaves it."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast

from discussions.models import Post, Thread
from foundation.models import SearchEntry
from foundation.search import index_many

FINDABLE = frozenset({Thread.Status.OPEN, Thread.Status.LOCKED})


def audience_of(thread: Thread) -> list[str]:
    """The keys under which a thread and its posts are found; none while it is prepared, hidden, or merged into another."""
    if thread.status not in FINDABLE:
        return []
    if thread.space_id is not None:
        return [f"space:{thread.space_id}"]
    return [f"person:{seat.person_id}" for seat in thread.participants.all()]


def renew_posts_of(threads: list[Any]) -> None:
    """Bring the posts of these threads in step with them, reading only the words of those that were not to be found before.

    A thread of thousands of posts is hidden by a few statements, in the transaction that hides it.
    """
    for thread in Thread.objects.filter(pk__in=threads).prefetch_related("participants"):  # unscoped: to be indexed
        _renew(thread)


def _renew(thread: Thread) -> None:
    audience = audience_of(thread)
    posts = Post.objects.filter(thread=thread)  # unscoped: to be indexed
    shown = posts.filter(status=Post.Status.SHOWN)
    entries = SearchEntry.objects.filter(  # unscoped: kept in step with its objects
        target_type=ContentType.objects.get_for_model(Post),  # unscoped: names a model, no row of it
        target_id__in=_keys_of(posts),
    )
    if thread.space_id is not None and audience:
        entries.exclude(audience=audience[0]).update(audience=audience[0])
    entries.exclude(audience__in=audience).delete()
    entries.exclude(target_id__in=_keys_of(shown)).delete()
    entries.exclude(title=thread.subject).update(title=thread.subject)
    for key in audience:
        there = entries.filter(audience=key).values("target_id")
        index_many("post", list(shown.annotate(key=_key()).exclude(key__in=there).values_list("pk", flat=True)))


def _keys_of(posts: QuerySet[Post]) -> QuerySet[Post, Any]:
    return posts.annotate(key=_key()).order_by().values("key")


def _key() -> Cast:
    return Cast("pk", CharField())
