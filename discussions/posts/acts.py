"""What readers and authors can do with posts: buttons on each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from discussions import rules
from discussions.acts import Act, post_acts, post_facts
from discussions.addresses import address
from discussions.models import Bookmark, Post, Thanks, Thread

if TYPE_CHECKING:
    from ambassadors.models import User

# Said once: two labels that are yet to be translated are compared by translating both.
THANKED, THANK, KEPT, KEEP = _("Thanked"), _("This helped me"), _("Kept"), _("Keep")
QUOTE, BEFORE = _("Quote"), _("What it said before")


def is_thanked(reader: Any) -> Exists:
    """Whether the reader said thank you for the post."""
    return Exists(Thanks.objects.filter(post=OuterRef("pk"), person=reader.pk))


def is_kept(reader: Any) -> Exists:
    """Whether the reader keeps it."""
    return Exists(Bookmark.objects.filter(post=OuterRef("pk"), person=reader.pk))


def what_one_does(reader: User, thread: Thread, posts: Sequence[Any]) -> Mapping[int, Iterable[Act]]:
    """Thanks and bookmarks for readers; changing and taking back for authors."""
    can_answer = rules.may_answer(reader, thread)
    return {post.pk: [*_reading(reader, post, can_answer=can_answer), *_own(reader, post, can_answer=can_answer)] for post in posts}


def _reading(reader: User, post: Any, *, can_answer: bool) -> Iterator[Act]:
    if rules.may_thank(reader, post):
        label, name = (THANKED, "post-unthank") if post.is_thanked else (THANK, "post-thank")
        yield Act(label, _url(name, post), "heart", posts=True, pressed=post.is_thanked, in_menu=False, weight=1)
    label, name = (KEPT, "post-let-go") if post.is_kept else (KEEP, "post-keep")
    yield Act(label, _url(name, post), "bookmark", posts=True, pressed=post.is_kept, in_menu=False, weight=3)
    if post.status == Post.Status.SHOWN and can_answer:
        yield Act(QUOTE, _url("post-quote", post), "quote", in_menu=False, weight=5)
    if post.revision > 1:
        yield Act(BEFORE, _url("revision-list", post), "history", weight=60)


def _own(reader: User, post: Post, *, can_answer: bool) -> Iterator[Act]:
    if post.author_id != reader.pk:
        return
    if post.status == Post.Status.SHOWN and can_answer:
        yield Act(_("Change it"), _url("post-edit", post), "pencil", weight=20)
    if post.status == Post.Status.SHOWN:
        yield Act(_("Take it back"), _url("post-withdraw", post), "undo-2", posts=True, weight=30)
    if post.status == Post.Status.WITHDRAWN and can_answer:
        yield Act(_("Put it back"), _url("post-put-back", post), "redo-2", posts=True, in_menu=False, weight=0)


def _url(name: str, post: Post) -> str:
    return address(name, post.pk)


post_facts.add("is_thanked", is_thanked)
post_facts.add("is_kept", is_kept)
post_acts.add("posts", what_one_does)
