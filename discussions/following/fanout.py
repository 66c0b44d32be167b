"""Telling those who follow a thread of each post, soon after it and never while its thread is locked.

Each post is told once: under the lock of its row its mails go into the outbox and `told_at` is set, in one commit. Its author has the
community's `mail_delay` to mend it or take it back, so most posts are found by the clock, as are those of which a broker that did not answer
told no worker. Who is named in a post has a mail that waits as long (`receivers.py`).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from correspondence import outbox
from discussions.following.recipients import to_tell_of
from discussions.models import Post, Thread
from foundation.models import Community

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

A_TURN = 500
NEWS_NO_MORE = timedelta(days=7)  # what nobody was told of for so long is found on the page


def ask_workers_to_tell(post_pks: Iterable[int]) -> None:
    """Have workers tell the followers soon; when the broker does not answer, the clock finds the posts."""
    from discussions.tasks import tell_followers  # deferred: tasks import this module

    outbox.ask_workers(tell_followers, post_pks)


@transaction.atomic
def tell(post_pk: int) -> int:
    """Put the mails about one post into the outbox and return how many; none when that is done, its time has not come, or its thread is
    being prepared."""
    # Two workers may hold the same key: the second waits for the lock, and then finds the post told.
    held = posts_to_tell().select_for_update(no_key=True, of=("self",)).select_related("thread__space")
    post = held.filter(pk=post_pk).first()
    if post is None:
        return 0
    Post.objects.filter(pk=post.pk).update(told_at=timezone.now())
    if not is_news(post):
        return 0
    people = to_tell_of(post, kind="thread_post").iterator(chunk_size=1000)
    return outbox.post_many("thread_post", people, key=f"thread-post:{post.pk}", post=post.pk)


def sweep() -> int:
    """Tell of the posts whose time has come and that no worker told of, the oldest first; return how many mails."""
    untold, then = posts_to_tell(), timezone.now() - NEWS_NO_MORE
    untold.filter(posted_at__lt=then, thread__started_at__lt=then).update(told_at=timezone.now())
    return sum(tell(pk) for pk in untold.order_by("posted_at").values_list("pk", flat=True)[:A_TURN])


def posts_to_tell() -> QuerySet[Post]:
    """Posts of spaces whose followers do not have their mails yet, and whose authors had their time to mend them; of a thread in
    preparation people hear when it opens."""
    mended = timezone.now() - Community.current().time_to_mend
    rows: QuerySet[Post] = Post.objects.filter(told_at=None, thread__space__isnull=False, posted_at__lte=mended)
    return rows.exclude(thread__status=Thread.Status.PREPARING)


def is_news(post: Post) -> bool:
    """Whether there is something to tell: words that are shown, in a thread that is, since it opened or lately."""
    is_shown = post.status == Post.Status.SHOWN and post.thread.status in {Thread.Status.OPEN, Thread.Status.LOCKED}
    return is_shown and max(post.posted_at, post.thread.started_at) > timezone.now() - NEWS_NO_MORE
