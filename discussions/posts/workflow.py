"""What an author does with a post that is there, and what others quietly do with it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from discussions import rules, signals
from discussions.attachments import Attachment, exchange, written
from discussions.mentions import marked, note_mentions, people_named
from discussions.models import Bookmark, Post, PostRevision, Thanks
from discussions.said import words_of
from discussions.workflow import hold_thread_of
from foundation.models import Via
from foundation.uploads import upload_drop
from foundation.workflow import Transition, apply, record

if TYPE_CHECKING:
    from ambassadors.models import User

Status = Post.Status
WITHDRAW = Transition(
    "took a post back", frozenset({Status.SHOWN}), Status.WITHDRAWN, rules.may_withdraw, gettext_lazy("Take it back")
)
RESTORE = Transition("put a post back", frozenset({Status.WITHDRAWN}), Status.SHOWN, rules.may_restore, gettext_lazy("Put it back"))


class EditConflict(ValidationError):
    """The post was edited since its author began to edit it."""


def edit(
    post: Post,
    *,
    by: User,
    body: str,
    revision: int,
    is_rich: bool = False,
    files: Sequence[Attachment] = (),
    without: Collection[str] = (),
    via: Via = Via.WEB,
) -> Post:
    """Say it differently; what was said before is kept, for whoever reads the post. `revision` is the one that `by` began with.

    `files` are added, and those whose keys are in `without` taken away for good. Raises PermissionDenied when `by` may not,
    EditConflict when another edit came first, ValidationError when there are no words or too many files.
    """
    words = words_of(body, is_rich, previous=post.body)
    named = people_named(words, by=by)
    uploads = written(files, by=by)  # no transaction waits for a disk
    try:
        with transaction.atomic():
            held = _held(post, by, revision)
            if held.body != marked(words, named):
                _say_differently(held, marked(words, named), named)
                record("edited a post", held, by=by, via=via)
            if exchange(held, uploads=uploads, without=without):
                Post.objects.filter(pk=held.pk).update(edited_at=timezone.now())
                record("changed the files of a post", held, by=by, via=via)
            return held
    except Exception:
        for upload in uploads:
            upload_drop(upload)
        raise


def _held(post: Post, by: User, revision: int) -> Post:
    # Two windows of one author queue here: the second finds another revision than it began with, and the files of the first.
    hold_thread_of(post)
    held = Post.objects.visible_to(by).select_for_update(no_key=True, of=("self",))
    before: Post | None = held.select_related("thread__space").filter(pk=post.pk).first()
    if before is None or not rules.may_edit(by, before):
        raise PermissionDenied(_("Authors change what they said, while the conversation is open."))
    if before.revision != revision:
        raise EditConflict(
            _("It was changed in another window meanwhile. Below is what it says now; your own words are still here.")
        )
    return before


def _say_differently(post: Post, words: str, named: list[User]) -> None:
    since = post.edited_at or post.posted_at
    PostRevision.objects.create(post=post, revision=post.revision, body=post.body, written_at=since)
    post.body, post.revision, post.edited_at = words, post.revision + 1, timezone.now()
    post.save(update_fields=["body", "revision", "edited_at"])
    note_mentions(post, post.thread, named)
    signals.post_edited.send(Post, post=post)


@transaction.atomic
def withdraw(post: Post, *, by: User, via: Via = Via.WEB) -> None:
    """Take one's own words back: the place stays, the words are read by nobody else from now on."""
    hold_thread_of(post)
    apply(WITHDRAW, post, by=by, via=via)
    signals.post_withdrawn.send(Post, post=post)


@transaction.atomic
def restore(post: Post, *, by: User, via: Via = Via.WEB) -> None:
    """Put back what one took back."""
    hold_thread_of(post)
    apply(RESTORE, post, by=by, via=via)


def thank(post: Post, *, by: User) -> None:
    """Say thank you, for its author alone. Twice is once."""
    if not rules.may_thank(by, post):
        raise PermissionDenied(_("Thanks go to somebody else, for words that can be read."))
    Thanks.objects.get_or_create(post=post, person=by)


def unthank(post: Post, *, by: User) -> None:
    """Take one's thanks back."""
    Thanks.objects.filter(post=post, person=by).delete()


def keep(post: Post, *, by: User) -> None:
    """Keep a post for oneself."""
    Bookmark.objects.get_or_create(post=post, person=by)


def let_go(post: Post, *, by: User) -> None:
    """Keep a post no longer."""
    Bookmark.objects.filter(post=post, person=by).delete()
