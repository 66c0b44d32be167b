"""What one begins or answers, one follows from then on."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from discussions.models import Follow, Post, Thread
from discussions.signals import post_added


@receiver(post_added)
def follow_what_one_takes_part_in(sender: Any, post: Post, thread: Thread, **kwargs: Any) -> None:
    """Whoever speaks hears the answers, unless they have said what they want of this thread, or want nothing of its space."""
    if not thread.is_private and post.author_id:
        Follow.objects.begin(post.author_id, thread.pk, thread.space_id)
