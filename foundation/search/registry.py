"""Who says what can be found, and who may find it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
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
    """What one audience may find of one object: `public`, `members`, `staff`, `space:12`, `person:4` … and the words for them.

    One object has at most one row per audience; each holds only what that audience may read. The title counts more than the names,
    the names more than the text. Titles and names are found by the beginnings of their words, the names with a letter wrong, too;
    `as_you_type` says that the text is found by beginnings as well. `at` is the date by which the newest are told.
    `lead` is one line that says who or what it is: found like the text, and shown whole above what is shown of it.
    `author` is the key of the account whose words they are. What only borrows its title, as an answer does from its thread, is not
    found by it (`by_title`).
    """

    audience: str
    title: str
    text: str = ""
    url: str = ""
    names: str = ""
    lead: str = ""
    at: datetime | None = None
    as_you_type: bool = False
    author: int | None = None
    by_title: bool = True


@dataclass(frozen=True)
class Searchable:
    """A kind of thing that can be found.

    `objects()` is all there is, read with whatever `rows` needs. `rows(obj)` says what of it, for whom; no rows takes it out, and so
    does being none of `objects()`. A kind that visitors never find is not offered to them (`for_visitors`).
    `hold(keys)` locks what else decides who finds these objects, before they are read; `after(keys)` brings up to date what depends on
    them, in the same transaction. A kind whose rows stand under other keys than the three audiences says so (`in_places`).
    """

    label: StrPromise | str
    model: type[models.Model]
    rows: Callable[[Any], Iterable[SearchRow]]
    objects: Callable[[], models.QuerySet]
    for_visitors: bool = True
    in_places: bool = False
    hold: Callable[[list[Any]], None] | None = None
    after: Callable[[list[Any]], None] | None = None


searchables: Registry[Searchable] = Registry("searchable")
# Each tells the keys that a reader holds beyond those of their audiences, each with its name in a list of places ("" for none).
audience_keys: Registry[Callable[[User], Mapping[str, str]]] = Registry("source of audience keys")


def keys_of(reader: User | AnonymousUser, kind: str = "") -> set[str]:
    """Return the audience keys that `reader` holds, as far as they open anything of `kind`."""
    if kind in searchables and not searchables[kind].in_places:
        return reached_by(reader)
    return reached_by(reader) | set(places_of(reader))


def places_of(reader: User | AnonymousUser) -> dict[str, str]:
    """Return the keys that `reader` holds beyond those of their audiences, with their names: a query for each source."""
    if not reader.is_authenticated or not reader.is_active:
        return {}
    return {key: name for source in audience_keys for key, name in source(reader).items()}
