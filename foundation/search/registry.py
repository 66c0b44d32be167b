"""Who says what can be found, and who may find it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
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

    One object has at most one row per audience; each holds only what that audience may read. The title counts more than the names,
    the names more than the text. Titles and names are found by the beginnings of their words, the names with a letter wrong, too;
    `as_you_type` says that the text is found by beginnings as well. `at` is the date by which the newest are told.
    `lead` is one line that says who or what it is: found like the text, and shown whole above what is shown of it.
    """

    audience: str
    title: str
    text: str = ""
    url: str = ""
    names: str = ""
    lead: str = ""
    at: datetime | None = None
    as_you_type: bool = False


@dataclass(frozen=True)
class Searchable:
    """A kind of thing that can be found.

    `objects()` is all there is, read with whatever `rows` needs. `rows(obj)` says what of it, for whom; no rows takes it out, and so
    does being none of `objects()`. A kind that visitors never find is not offered to them (`for_visitors`).
    """

    label: StrPromise | str
    model: type[models.Model]
    rows: Callable[[Any], Iterable[SearchRow]]
    objects: Callable[[], models.QuerySet]
    for_visitors: bool = True


searchables: Registry[Searchable] = Registry("searchable")
audience_keys: Registry[Callable[[User], Iterable[str]]] = Registry("source of audience keys")


def keys_of(reader: User | AnonymousUser) -> set[str]:
    """Return the audience keys that `reader` holds."""
    keys = set(reached_by(reader))
    if reader.is_authenticated and reader.is_active:
        keys |= {key for source in audience_keys for key in source(reader)}
    return keys
