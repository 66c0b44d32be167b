"""What moderation adds to threads and posts: buttons for those who may press them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from discussions.acts import Act, post_acts
from discussions.moderation import rules

if TYPE_CHECKING:
    from ambassadors.models import User
    from discussions.models import Post, Thread


def report_them(reader: User, thread: Thread, posts: Sequence[Post]) -> Mapping[int, Iterable[Act]]:
    """A way to report what others said."""
    return {
        post.pk: [Act(_("Report"), reverse("discussions:post-report", args=[post.pk]), "flag", weight=90)]
        for post in posts
        if rules.may_report(reader, post)
    }


post_acts.add("report", report_them)
