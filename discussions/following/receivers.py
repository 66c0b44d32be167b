"""What follows when somebody speaks: they follow the thread, its followers are told by a worker, and who is named is told at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.dispatch import receiver

from correspondence import outbox
from discussions.following.fanout import ask_workers_to_tell, posts_to_tell
from discussions.models import Follow, Post, Thread
from discussions.signals import people_named, post_added, thread_opened
from foundation.models import Community

if TYPE_CHECKING:
    from ambassadors.models import User


@receiver(post_added)
def follow_what_one_takes_part_in(sender: Any, *, post: Post, thread: Thread, **kwargs: Any) -> None:
    """Whoever speaks hears the answers, unless they have said what they want of this thread, or want nothing of its space."""
    if thread.is_private or not post.author_id:
        return
    Follow.objects.begin(post.author_id, thread.pk, thread.space_id)
    if (
        thread.status != Thread.Status.PREPARING and not Community.seen().mail_delay
    ):  # else the clock finds it when its time has come
        transaction.on_commit(partial(ask_workers_to_tell, [post.pk]), robust=True)


@receiver(thread_opened)
def tell_what_was_prepared(sender: Any, *, thread: Thread, **kwargs: Any) -> None:
    """What was said before the thread opened is told now, as far as whoever prepared it has not told it in their own way."""
    if thread.last_number > 1:
        untold = posts_to_tell().filter(thread=thread).order_by("number").values_list("pk", flat=True)
        transaction.on_commit(lambda: ask_workers_to_tell(list(untold)), robust=True)


@receiver(people_named)
def tell_whoever_is_named(sender: Any, *, post: Post, thread: Thread, people: Sequence[User], **kwargs: Any) -> None:
    """They are few, so their mails are posted at once, in two queries; in a private thread everybody gets a mail anyway."""
    if not thread.is_private:
        keys = [person.pk for person in people if person.pk != post.author_id]
        outbox.post_many("mention", keys, key=f"mention:{post.pk}", wait=Community.seen().time_to_mend, post=post.pk)
