"""What a reader can do with a thread and its posts, and what else stands with them: each part of discussions registers its own.

A page has up to twenty posts and a budget of eight queries: a source is asked once a page, for all its posts, and takes one query at
most. What it needs of the thread it finds on `thread`, which comes with its `space` and with `read_number`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString

from foundation.registry import Registry

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from ambassadors.models import User
    from discussions.models import Post, Thread


@dataclass(frozen=True)
class Act:
    """One thing to do: a link, or a button that posts to `url`. A `pressed` one is on (thanked, kept) and its button takes it back.

    `in_menu` folds it away behind "More"; the lightest come first.
    """

    label: StrPromise | str
    url: str
    icon: str = ""
    posts: bool = False
    pressed: bool = False
    in_menu: bool = True
    weight: int = 10


PostActs = Callable[["User", "Thread", Sequence["Post"]], Mapping[int, Iterable[Act]]]
PostParts = Callable[["User", "Thread", Sequence["Post"]], Mapping[int, SafeString]]
ThreadActs = Callable[["User", "Thread"], Iterable[Act]]

post_acts: Registry[PostActs] = Registry("source of acts on posts")
post_parts: Registry[PostParts] = Registry("source of parts below posts")
thread_acts: Registry[ThreadActs] = Registry("source of acts on threads")


def acts_on_posts(reader: User, thread: Thread, posts: Sequence[Post]) -> dict[int, list[Act]]:
    """The acts on each post of a page, by the key of the post."""
    found: dict[int, list[Act]] = defaultdict(list)
    for source in post_acts:
        for pk, acts in source(reader, thread, posts).items():
            found[pk].extend(acts)
    return {pk: sorted(acts, key=lambda act: act.weight) for pk, acts in found.items()}


def parts_of_posts(reader: User, thread: Thread, posts: Sequence[Post]) -> dict[int, list[SafeString]]:
    """What stands below the words of each post, by the key of the post."""
    found: dict[int, list[SafeString]] = defaultdict(list)
    for source in post_parts:
        for pk, part in source(reader, thread, posts).items():
            found[pk].append(part)
    return dict(found)


def acts_on_thread(reader: User, thread: Thread) -> list[Act]:
    """The acts on a thread as a whole."""
    return sorted((act for source in thread_acts for act in source(reader, thread)), key=lambda act: act.weight)
