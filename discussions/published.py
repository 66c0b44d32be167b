"""What visitors see of conversations: what somebody recommended in one to read, and has shown to everybody."""

from __future__ import annotations

from discussions.models import Post, ReadingItem, Space, Thread
from foundation.publication import watch, watch_where


def _recommends(post: Post) -> bool:
    return ReadingItem.objects.shown_to_everybody().filter(post=post.pk).exists()


def _holds_one(thread: Thread) -> bool:
    return ReadingItem.objects.shown_to_everybody().filter(post__thread=thread.pk).exists()


watch(ReadingItem)
watch(Space)
watch_where(Post, _recommends)
watch_where(Thread, _holds_one)
