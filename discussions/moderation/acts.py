"""What moderation adds to threads and posts: buttons for those who may press them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from discussions.acts import Act, post_acts, thread_acts
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


def hide_them(reader: User, thread: Thread, posts: Sequence[Post]) -> Mapping[int, Iterable[Act]]:
    """For whoever leads the space: to hide what is shown, and to restore what was hidden."""
    if not rules.leads_thread(reader, thread):
        return {}
    ways = {
        "shown": lambda pk: Act(_("Hide…"), reverse("discussions:post-hide", args=[pk]), "eye-off", weight=80),
        "hidden": lambda pk: Act(_("Restore"), reverse("discussions:post-restore", args=[pk]), "eye", posts=True, weight=80),
    }
    return {post.pk: [ways[post.status](post.pk)] for post in posts if post.status in ways}


def keep_order(reader: User, thread: Thread) -> Iterator[Act]:
    """For whoever leads the space: what can be done with the thread as a whole."""
    if not rules.leads_thread(reader, thread):
        return
    for word, icon, label, presses, states in WAYS:
        if thread.status in states and not (word in PINNING and (word == "pin") == (thread.pinned_at is not None)):
            yield Act(label, reverse(f"discussions:thread-{word}", args=[thread.pk]), icon, posts=presses, weight=70)


STANDING = frozenset({"open", "locked"})
PINNING = {"pin", "unpin"}
WAYS = [
    ("pin", "pin", _("Pin to the top"), True, STANDING),
    ("unpin", "pin-off", _("Unpin"), True, STANDING),
    ("lock", "lock", _("Lock…"), False, frozenset({"open"})),
    ("unlock", "lock-open", _("Unlock"), True, frozenset({"locked"})),
    ("hide", "eye-off", _("Hide…"), False, STANDING),
    ("restore", "eye", _("Restore"), True, frozenset({"hidden"})),
    ("history", "history", _("What was done here"), False, STANDING | {"hidden", "preparing"}),
]

post_acts.add("report", report_them)
post_acts.add("hide", hide_them)
thread_acts.add("keep order", keep_order)
