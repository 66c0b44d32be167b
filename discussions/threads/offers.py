"""The acts that every post has."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from discussions.acts import MOST_KEPT, Act, Acts, post_acts
from discussions.addresses import Site, address, this_site

if TYPE_CHECKING:
    from ambassadors.models import User
    from discussions.models import Post, Thread


COPY = _("Copy the link")


@post_acts.register("threads")
def on_posts(reader: User, thread: Thread, posts: Sequence[Post]) -> dict[int, Acts]:
    """Its address, to be sent to somebody."""
    site = this_site()
    return {post.id: _copying(post.id, site) for post in posts}


@lru_cache(maxsize=MOST_KEPT)
def _copying(pk: int, site: Site) -> Acts:
    return Acts([Act(COPY, address("post-detail", pk, site), icon="link", copied=True, weight=50)])
