"""What happens later. Each task takes keys and may run twice."""

from __future__ import annotations

from celery import shared_task

from discussions.following import fanout
from discussions.posts import drafts


@shared_task
def tell_followers(post_pk: int) -> None:
    """Put the mails about one post into the outbox."""
    fanout.tell(post_pk)


@shared_task
def sweep_untold() -> None:
    """Tell of the posts that no worker was told of."""
    fanout.sweep()


@shared_task
def forget_drafts() -> None:
    """Forget what was begun long ago and never sent."""
    drafts.forget_old_drafts()
