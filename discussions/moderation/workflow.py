"""Keeping order: whoever leads a space locks, pins and hides what is said there, and takes it back. Private threads have no leader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from correspondence import outbox
from discussions import signals
from discussions.models import Post, Thread
from discussions.moderation import rules
from discussions.moderation.history import last_line
from discussions.workflow import hold_thread_of
from foundation.models import Via
from foundation.workflow import Transition, TransitionRefused, apply, record

if TYPE_CHECKING:
    from ambassadors.models import User

S, P = Thread.Status, Post.Status

LOCK = Transition("locked the conversation", frozenset({S.OPEN}), S.LOCKED, rules.leads_thread)
UNLOCK = Transition("unlocked the conversation", frozenset({S.LOCKED}), S.OPEN, rules.leads_thread)
HIDE_THREAD = Transition("hid the conversation", frozenset({S.OPEN, S.LOCKED}), S.HIDDEN, rules.leads_thread)
RESTORE_OPEN = Transition("restored the conversation", frozenset({S.HIDDEN}), S.OPEN, rules.leads_thread)
RESTORE_LOCKED = Transition("restored the conversation", frozenset({S.HIDDEN}), S.LOCKED, rules.leads_thread)
HIDE_POST = Transition("hid the post", frozenset({P.SHOWN}), P.HIDDEN, rules.may_hide)
RESTORE_POST = Transition("restored the post", frozenset({P.HIDDEN}), P.SHOWN, rules.may_hide)


def lock(thread: Thread, *, by: User, reason: str = "", via: Via = Via.WEB) -> None:
    """Let nothing be added, with a word to the readers if there is one. An answer under way is in before it or is refused."""
    apply(LOCK, thread, by=by, via=via, history_note=_line(reason))


def unlock(thread: Thread, *, by: User, via: Via = Via.WEB) -> None:
    """Let people go on."""
    apply(UNLOCK, thread, by=by, via=via)


@transaction.atomic
def pin(thread: Thread, *, by: User, via: Via = Via.WEB) -> None:
    """Keep it at the top of its space's list."""
    _may_lead(thread, by)
    if Thread.objects.filter(pk=thread.pk, pinned_at=None).update(pinned_at=timezone.now()):
        record("pinned the conversation", thread, by=by, via=via)


@transaction.atomic
def unpin(thread: Thread, *, by: User, via: Via = Via.WEB) -> None:
    """Let it go down the list again."""
    _may_lead(thread, by)
    if Thread.objects.filter(pk=thread.pk, pinned_at__isnull=False).update(pinned_at=None):
        record("unpinned the conversation", thread, by=by, via=via)


@transaction.atomic
def hide_thread(thread: Thread, *, by: User, reason: str, via: Via = Via.WEB) -> None:
    """Take a conversation out of sight of all but those who lead its space; whoever began it is told why."""
    apply(HIDE_THREAD, thread, by=by, via=via, history_note=_reason(reason))
    if thread.started_by is not None:
        key = f"thread-hidden:{thread.pk}:{timezone.now():%Y%m%d%H%M%S%f}"
        outbox.post("thread_hidden", thread.started_by, key=key, thread=thread.pk)


@transaction.atomic
def restore_thread(thread: Thread, *, by: User, via: Via = Via.WEB) -> None:
    """Show it again, as open or locked as it was."""
    line = last_line(thread, HIDE_THREAD.name)
    was_locked = line is not None and line.before == S.LOCKED
    apply(RESTORE_LOCKED if was_locked else RESTORE_OPEN, thread, by=by, via=via)


@transaction.atomic
def hide_post(post: Post, *, by: User, reason: str, via: Via = Via.WEB) -> None:
    """Take the words of a post out of sight of all but its author and those who lead the space; the author is told why."""
    hold_thread_of(post)
    apply(HIDE_POST, post, by=by, via=via, history_note=_reason(reason))
    signals.post_withdrawn.send(Post, post=post)
    if post.author is not None:
        key = f"post-hidden:{post.pk}:{timezone.now():%Y%m%d%H%M%S%f}"
        outbox.post("post_hidden", post.author, key=key, post=post.pk)


@transaction.atomic
def restore_post(post: Post, *, by: User, via: Via = Via.WEB) -> None:
    """Show its words again. Nobody is mailed a second time."""
    hold_thread_of(post)
    apply(RESTORE_POST, post, by=by, via=via)
    signals.post_edited.send(Post, post=post)


def _may_lead(thread: Thread, by: User) -> None:
    if not rules.leads_thread(by, thread):
        raise PermissionDenied(f"{by} does not lead the space of {thread}")
    if thread.status not in {S.OPEN, S.LOCKED}:
        raise TransitionRefused(f"{thread} is in no list")


def _line(text: str) -> str:
    return " ".join(text.split())[:500]


def _reason(text: str) -> str:
    reason = _line(text)
    if not reason:
        raise ValidationError(_("Give the reason: its author reads it."))
    return reason
