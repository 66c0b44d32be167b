"""What a reader can do with a thread and its posts, and what else stands with them: each part of discussions registers its own.

A page has up to twenty posts and a budget of eight queries. A part that needs a word of its own about each post, or about the thread,
adds a *fact*: an expression that is read with the row (`post_facts`, `thread_facts`), found as an attribute of that name, and costs no
query. A source is asked once a page, for all the posts that the reader may read, and had best take no query at all. What it needs of
the thread it finds on `thread`, which comes with its `space` and with `read_number`; of an author, the key alone comes with the post.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString

from foundation.registry import Registry

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from ambassadors.models import User
    from discussions.models import Post, Thread

MOST_KEPT = 4096  # posts


@dataclass(frozen=True)
class Act:
    """One thing to do: a link, or a button that posts to `url`. A `pressed` one is on (thanked, kept) and its button takes it back.

    `in_menu` folds it away behind "More"; the lightest come first. A link that is `copied` is put on the clipboard where there are scripts.
    """

    label: StrPromise | str
    url: str
    icon: str = ""
    posts: bool = False
    pressed: bool = False
    in_menu: bool = True
    weight: int = 10
    copied: bool = False

    def __hash__(self) -> int:
        """By what tells most acts apart: to hash a label that is yet to be translated is to translate it."""
        return hash((self.url, self.icon, self.pressed))


class Acts(tuple[Act, ...]):
    """Several, which know their hash: a source may keep those of a post for as long as nothing that decides about them changes."""

    own_hash: int

    def __new__(cls, acts: Iterable[Act] = ()) -> Acts:
        made = super().__new__(cls, acts)
        made.own_hash = tuple.__hash__(made)
        return made

    def __hash__(self) -> int:
        return self.own_hash


PostActs = Callable[["User", "Thread", Sequence["Post"]], Mapping[int, Iterable[Act]]]
PostParts = Callable[["User", "Thread", Sequence["Post"]], Mapping[int, SafeString]]
ThreadActs = Callable[["User", "Thread"], Iterable[Act]]
Fact = Callable[[Any], Any]

post_acts: Registry[PostActs] = Registry("source of acts on posts")
post_parts: Registry[PostParts] = Registry("source of parts below posts")
thread_acts: Registry[ThreadActs] = Registry("source of acts on threads")
# By the name of the attribute: `fact(reader)` returns an expression over the row (Exists, a Subquery, ArraySubquery …). Of the reader it
# may use what `foundation.prepared` lets it: the rights, and `reader.pk` as a value.
post_facts: Registry[Fact] = Registry("fact of a post")
thread_facts: Registry[Fact] = Registry("fact of a thread")


def acts_on_posts(reader: User, thread: Thread, posts: Sequence[Post]) -> dict[int, Acts]:
    """The acts on each post of a page, by the key of the post."""
    found: dict[int, list[Acts]] = defaultdict(list)
    for source in post_acts:
        for pk, acts in source(reader, thread, posts).items():
            found[pk].append(acts if isinstance(acts, Acts) else Acts(acts))
    return {pk: _in_order(*several) for pk, several in found.items()}


@lru_cache(maxsize=MOST_KEPT)
def _in_order(*several: Acts) -> Acts:
    return Acts(sorted(chain(*several), key=lambda act: act.weight))


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
