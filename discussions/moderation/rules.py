"""Who may do what for the peace of the house. Nobody is judge in their own matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from ambassadors.rules import is_support
from discussions.models import Report, Space, Thread
from discussions.rules import leads, may_start

if TYPE_CHECKING:
    from ambassadors.models import User
    from discussions.models import Post


def gives_duties(user: User | None) -> bool:
    """Superusers say who handles reports."""
    return is_support(user) and user is not None and user.is_superuser


def may_report(user: User, post: Post) -> bool:
    """Of a post that `user` reads: anybody's but their own, and not a former member's who was erased."""
    return user.is_member and post.author_id is not None and post.author_id != user.pk


def handles(user: User | None, report: Report) -> bool:
    """Whether `user` looks after this report."""
    return user is not None and Report.objects.handled_by(user).filter(pk=report.pk).exists()


def has_in_hand(user: User | None, report: Report) -> bool:
    """Whether `user` is the one who said that they look at it."""
    return user is not None and report.handler_id == user.pk and handles(user, report)


def reported(user: User | None, report: Report) -> bool:
    """Whether it is their own report."""
    return user is not None and report.reporter_id == user.pk


def leads_thread(user: User | None, thread: Thread) -> bool:
    """Whether `user` keeps order in this thread: whoever leads its space. Nobody does in a private one."""
    return leads(user, thread.space)


def may_hide(user: User | None, post: Post) -> bool:
    """Hide or restore a post: whoever leads its space, and whoever handles a report of it, in a private conversation too."""
    if user is None:
        return False
    return leads_thread(user, post.thread) or Report.objects.handled_by(user).filter(post=post.pk).exists()


REARRANGED = frozenset({Thread.Kind.DISCUSSION, Thread.Kind.QUESTION})


def why_not_rearranged(thread: Thread) -> str:
    """Why a conversation of its kind stays as it is; empty for one that can be moved, split and merged, as far as its kind goes."""
    if thread.kind in REARRANGED:
        return ""
    reasons = {
        Thread.Kind.ASK_ME_ABOUT: _("An Ask Me About stays whole and where it is: its queue and its days hang on it."),
        Thread.Kind.PROMPT: _("The conversation of a prompt stays whole and where it is: its series hangs on it."),
    }
    return str(reasons.get(Thread.Kind(thread.kind), _("A private conversation stays among its people.")))


def can_be_rearranged(thread: Thread) -> bool:
    """Whether it can be moved, split or merged: other kinds have a plan of their own that hangs on them."""
    return thread.kind in REARRANGED and thread.status in {Thread.Status.OPEN, Thread.Status.LOCKED}


def may_move_to(user: User, space: Space) -> bool:
    """Into a space that one reads, and in which one could begin it."""
    return may_start(user, space) and Space.objects.read_by(user).filter(pk=space.pk).exists()
