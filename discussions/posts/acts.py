"""What readers and authors can do with posts: buttons on each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from discussions import rules
from discussions.acts import MOST_KEPT, Act, Acts, post_acts, post_facts
from discussions.addresses import Site, address, this_site
from discussions.models import Bookmark, Post, Thanks, Thread

if TYPE_CHECKING:
    from ambassadors.models import User

# Said once: two labels that are yet to be translated are compared by translating both.
THANKED, THANK, KEPT, KEEP = _("Thanked"), _("This helped me"), _("Kept"), _("Keep")
QUOTE, BEFORE = _("Quote"), _("What it said before")
CHANGE, TAKE_BACK, PUT_BACK = _("Change it"), _("Take it back"), _("Put it back")


def is_thanked(reader: Any) -> Exists:
    """Whether the reader said thank you for the post."""
    return Exists(Thanks.objects.filter(post=OuterRef("pk"), person=reader.pk))


def is_kept(reader: Any) -> Exists:
    """Whether the reader keeps it."""
    return Exists(Bookmark.objects.filter(post=OuterRef("pk"), person=reader.pk))


def what_one_does(reader: User, thread: Thread, posts: Sequence[Any]) -> Mapping[int, Iterable[Act]]:
    """Thanks and bookmarks for readers; changing and taking back for authors."""
    can_answer, can_quote, me, site = rules.may_answer(reader, thread), rules.finds_form(reader, thread), reader.pk, this_site()
    return {
        post.id: _acts(
            State(
                post.id,
                post.status,
                can_thank=rules.may_thank(reader, post),
                can_answer=can_answer,
                can_quote=can_quote,
                is_own=post.author_id == me,
                is_thanked=post.is_thanked,
                is_kept=post.is_kept,
                was_edited=post.revision > 1,
            ),
            site,
        )
        for post in posts
    }


class State(NamedTuple):
    """All that decides about the acts on a post."""

    pk: int
    status: str
    can_thank: bool
    can_answer: bool
    can_quote: bool
    is_own: bool
    is_thanked: bool
    is_kept: bool
    was_edited: bool


@lru_cache(maxsize=MOST_KEPT)
def _acts(post: State, site: Site) -> Acts:
    return Acts([*_reading(post, site), *(_own(post, site) if post.is_own else ())])


def _reading(post: State, site: Site) -> Iterator[Act]:
    if post.can_thank:
        label, name = (THANKED, "post-unthank") if post.is_thanked else (THANK, "post-thank")
        yield Act(label, address(name, post.pk, site), "heart", posts=True, pressed=post.is_thanked, in_menu=False, weight=1)
    label, name = (KEPT, "post-let-go") if post.is_kept else (KEEP, "post-keep")
    yield Act(label, address(name, post.pk, site), "bookmark", posts=True, pressed=post.is_kept, in_menu=False, weight=3)
    if post.status == Post.Status.SHOWN and post.can_quote:
        yield Act(QUOTE, address("post-quote", post.pk, site), "quote", in_menu=False, weight=5)
    if post.was_edited:
        yield Act(BEFORE, address("revision-list", post.pk, site), "history", weight=60)


def _own(post: State, site: Site) -> Iterator[Act]:
    if post.status == Post.Status.SHOWN and post.can_answer:
        yield Act(CHANGE, address("post-edit", post.pk, site), "pencil", weight=20)
    if post.status == Post.Status.SHOWN:
        yield Act(TAKE_BACK, address("post-withdraw", post.pk, site), "undo-2", posts=True, weight=30)
    if post.status == Post.Status.WITHDRAWN and post.can_answer:
        yield Act(PUT_BACK, address("post-put-back", post.pk, site), "redo-2", posts=True, in_menu=False, weight=0)


post_facts.add("is_thanked", is_thanked)
post_facts.add("is_kept", is_kept)
post_acts.add("posts", what_one_does)
