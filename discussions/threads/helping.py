"""Questions, and the answer that helped: said by whoever asked, or by those who lead the space."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from discussions import rules
from discussions.acts import Act, post_acts
from discussions.addresses import address
from discussions.models import Post, Thread
from foundation.models import Via
from foundation.workflow import record

if TYPE_CHECKING:
    from ambassadors.models import User

HELPED, MARK = gettext_lazy("This helped"), gettext_lazy("Mark as what helped")


def may_say_what_helped(user: User, thread: Thread) -> bool:
    """Of a question in a thread that stands: whoever asked it, and those who lead its space."""
    if thread.kind != Thread.Kind.QUESTION or thread.status not in {Thread.Status.OPEN, Thread.Status.LOCKED}:
        return False
    return user.is_member and (thread.started_by_id == user.pk or rules.leads(user, thread.space))


def can_help(post: Post) -> bool:
    """Whether it is an answer that stands: the question itself is none."""
    return post.number > 1 and post.status == Post.Status.SHOWN


@transaction.atomic
def mark_helpful(post: Post, *, by: User, via: Via = Via.WEB) -> None:
    """Let this be the answer that helped, in place of the one that was. Raises PermissionDenied when `by` may not, or it is no answer."""
    thread = _held(post.thread, by)
    if post.thread_id != thread.pk or not can_help(post):
        raise PermissionDenied(_("Only an answer that can be read by all can be marked."))
    if thread.helped_id != post.pk:
        Thread.objects.filter(pk=thread.pk).update(helped=post)
        record("said what helped", thread, by=by, via=via, note=str(post.pk))


@transaction.atomic
def clear_helpful(thread: Thread, *, by: User, via: Via = Via.WEB) -> None:
    """Take back which answer helped."""
    held = _held(thread, by)
    if held.helped_id is not None:
        Thread.objects.filter(pk=held.pk).update(helped=None)
        record("took back what helped", held, by=by, via=via)


def _held(thread: Thread, by: User) -> Thread:
    # Held against a split or a merge, which may move the answer elsewhere at this moment.
    held = Thread.objects.visible_to(by).select_for_update(no_key=True, of=("self",)).select_related("space").get(pk=thread.pk)
    if not may_say_what_helped(by, held):
        raise PermissionDenied(_("Whoever asked says what helped, and those who lead the space."))
    return held


@post_acts.register("what helped")
def on_posts(reader: User, thread: Thread, posts: Sequence[Post]) -> dict[int, list[Act]]:
    """One button for each answer."""
    if not may_say_what_helped(reader, thread):
        return {}
    return {post.pk: [_button(thread, post)] for post in posts if can_help(post)}


def _button(thread: Thread, post: Post) -> Act:
    if post.pk == thread.helped_id:
        url, label = address("thread-clear-helpful", thread.pk), HELPED
    else:
        url, label = address("post-mark-helpful", post.pk), MARK
    is_pressed = post.pk == thread.helped_id
    return Act(label, url, icon="lightbulb", posts=True, pressed=is_pressed, in_menu=not is_pressed, weight=15)
