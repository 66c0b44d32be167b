"""What posts do when something happens to their thread."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from discussions.mentions import note_mentions, people_named
from discussions.models import Post, Thread
from discussions.posts.drafts import drop_draft
from discussions.signals import post_added, thread_opened


@receiver(thread_opened, dispatch_uid="discussions.posts.name_people")
def name_people(thread: Thread, **more: Any) -> None:
    """Whoever was named while the thread was prepared can read it from now on."""
    for post in Post.objects.filter(thread=thread, body__contains="@").select_related("author"):
        if post.author is not None:
            note_mentions(post, thread, people_named(post.body, by=post.author))


@receiver(post_added, dispatch_uid="discussions.posts.throw_draft_away")
def throw_draft_away(post: Post, thread: Thread, **more: Any) -> None:
    """What was begun on the web has been said, there or by mail."""
    if post.author is not None and post.number > 1:
        drop_draft(thread, by=post.author)
