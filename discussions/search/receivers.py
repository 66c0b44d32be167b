"""What is said is found as soon as it is said, and no longer when it is taken back: in the same transaction."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from discussions import signals
from discussions.models import Post
from foundation import search


@receiver(signals.post_added, dispatch_uid="search finds a new post")
def find_new_post(post: Post, **signal: Any) -> None:
    """Let it be found; nobody else has seen it yet."""
    search.index_new(post)


@receiver([signals.post_edited, signals.post_withdrawn], dispatch_uid="search follows a post")
def follow_post(post: Post, **signal: Any) -> None:
    """Let its words of now be found, or none."""
    search.index(post)
