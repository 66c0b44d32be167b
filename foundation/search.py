"""What can be found, and by whom: each app registers its searchable models and, where it has audiences of its own, the reader's keys to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models

from foundation.audiences import reached_by
from foundation.registry import Registry

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django_stubs_ext import StrPromise

    from ambassadors.models import User


@dataclass(frozen=True)
class SearchRow:
    """What one audience may find of one object: `public`, `members`, `staff`, `space:12`, `people:4,9` … and the words for them.

    One object has one row per audience; each holds only what that audience may read.
    """

    audience: str
    title: str
    text: str = ""
    url: str = ""


@dataclass(frozen=True)
class Searchable:
    """A kind of thing that can be found. `rows(obj)` says what of it, for whom; no rows takes it out. `objects()` is all there is."""

    label: StrPromise | str
    model: type[models.Model]
    rows: Callable[[Any], Iterable[SearchRow]]
    objects: Callable[[], models.QuerySet]


searchables: Registry[Searchable] = Registry("searchable")
audience_keys: Registry[Callable[[User], Iterable[str]]] = Registry("source of audience keys")


def keys_of(reader: User | AnonymousUser) -> set[str]:
    """Return the audience keys that `reader` holds."""
    keys = set(reached_by(reader))
    if reader.is_authenticated and reader.is_active:
        keys |= {key for source in audience_keys for key in source(reader)}
    return keys
