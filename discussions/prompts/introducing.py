"""With whom the author of an answer might be connected: others who answered here and know about the same things."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from ambassadors.models import Ambassador
from discussions.models import Post
from foundation.audiences import reached_by

if TYPE_CHECKING:
    from ambassadors.models import User

SHOWN = 4


@dataclass(frozen=True)
class Match:
    """Somebody with similar work, and why."""

    name: str
    reason: str


def matches_for(post: Post, reader: User) -> list[Match]:
    """People who answered prompts of the same space and share a topic with its author, as far as the reader may know of it."""
    if post.author is None:
        return []
    seen = Ambassador.objects.visible_to(reader).active().filter(topics_audience__in=reached_by(reader))
    topics = seen.filter(user=post.author).values("topics")
    answered = Post.objects.visible_to(reader).filter(thread__space=post.thread.space_id, thread__kind="prompt", number__gt=1)
    others = seen.filter(topics__in=topics, user__in=answered.values("author"), user__is_active=True)
    rows = (
        others.exclude(user__in=[post.author, reader])
        .order_by("user__sort_name", "topics__name")
        .values_list("user__name", "topics__name")
    )
    shared: dict[str, list[str]] = {}
    for name, topic in rows[:60]:
        shared.setdefault(name, []).append(topic)
    return [
        Match(name, _("both know about %(topics)s") % {"topics": ", ".join(of_two)})
        for name, of_two in list(shared.items())[:SHOWN]
    ]
