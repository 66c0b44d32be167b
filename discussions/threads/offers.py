"""The acts that every post has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from discussions.acts import Act, post_acts
from discussions.threads.lines import post_url

if TYPE_CHECKING:
    from ambassadors.models import User
    from discussions.models import Post, Thread


COPY = _("Copy the link")


@post_acts.register("threads")
def on_posts(reader: User, thread: Thread, posts: Sequence[Post]) -> dict[int, list[Act]]:
    """Its address, to be sent to somebody."""
    return {post.pk: [Act(COPY, post_url(post.pk), icon="link", copied=True, weight=50)] for post in posts}
