"""The public site has changed: what the page cache must know of every write that visitors could see.

The cache stores each page together with the version of the publication that was read *before* the page was rendered, and serves it only
while that is still the version. A change takes a new version once it is committed. Three races hang on that order:

- A page is rendered before the commit and stored after the new version: it was stored with the old one, so nobody is given it.
- A page is rendered between the commit and the new version: it shows the change, is stored with the old version, and is rendered again.
- A page is rendered after the new version was read: the change was committed before, so the page shows it.

A version is a random word and no number: a cache that lost it must not begin anew with one that old pages carry. When the cache cannot be
told, nothing raises: pages live for less than a minute (`community.page_cache`), so a version that was missed heals by itself.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.conf import settings
from django.core.cache import cache
from django.db import models, transaction
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import Signal
from django.utils.translation import get_language

Kept = TypeVar("Kept")

VERSION = "publication"
A_MINUTE = 60  # seconds: how long a change that the cache was not told of can stay unseen
version_taken = Signal()  # in this process, after the cache was told
_watched: dict[type[models.Model], frozenset[str]] = {}
_watched_where: dict[type[models.Model], Callable[[Any], bool]] = {}
_is_told_at_the_end: ContextVar[bool] = ContextVar("whether a block tells the cache once, at its end", default=False)


def publication_changed() -> None:
    """Have every public page rendered anew, as soon as the caller's transaction is committed; at once where there is none."""
    if not _is_told_at_the_end.get():
        transaction.on_commit(take_new_version, robust=True)


@contextmanager
def publication_changed_once() -> Iterator[None]:
    """For work that changes much: within the block nothing is told to the cache, and at its end it is told once."""
    token = _is_told_at_the_end.set(True)
    try:
        yield
    finally:
        _is_told_at_the_end.reset(token)
    publication_changed()


def take_new_version() -> None:
    """Make every page that was rendered until now an old one."""
    cache.set(VERSION, secrets.token_hex(8), None)
    version_taken.send(sender=None)


def first_version() -> str:
    """Return the version where the cache knew none: ours, or that of whoever was quicker."""
    mine = secrets.token_hex(8)
    return mine if cache.add(VERSION, mine, None) else str(cache.get(VERSION, mine))


def kept_until_it_changes(name: str, make: Callable[[], Kept]) -> Kept:
    """Return what `make` reads for a public page, once for everybody until the publication changes, and for a minute at most.

    It must be the same for every reader of one language. The version is read before it is made, as the page cache does it.
    """
    if not settings.PAGE_CACHE:
        return make()
    key = f"kept:{name}:{get_language()}:{cache.get(VERSION) or first_version()}"
    known: Kept | None = cache.get(key)
    if known is None:
        known = make()
        cache.set(key, known, A_MINUTE)
    return known


def watch(model: type[models.Model], *, except_fields: tuple[str, ...] = ()) -> None:
    """Call `publication_changed` whenever a row of `model` is saved or deleted, its sets of others change, or its history is written.

    A save of nothing but `except_fields` (`update_fields`) changes nothing that visitors see. An `update()` of many rows sends no signal:
    write history with `foundation.workflow`, or call `publication_changed` beside it. Each app watches its own in its `published.py`.
    """
    _watched[model] = frozenset(except_fields)
    post_save.connect(_saved, sender=model, dispatch_uid="publication")
    post_delete.connect(_changed, sender=model, dispatch_uid="publication")
    for field in model._meta.local_many_to_many:
        m2m_changed.connect(_changed, sender=field.remote_field.through, dispatch_uid="publication")


def watch_where(model: type[models.Model], shows: Callable[[Any], bool]) -> None:
    """Of a model most of whose rows no visitor sees anything of: do the same when history is written of one that `shows` something."""
    _watched_where[model] = shows


def is_watched(row: models.Model) -> bool:
    """Whether visitors may see something of this row."""
    shows = _watched_where.get(type(row))
    return type(row) in _watched or (shows is not None and shows(row))


def _saved(sender: type[models.Model], *, update_fields: frozenset[str] | None = None, **_signal: Any) -> None:
    if not update_fields or not update_fields <= _watched[sender]:
        publication_changed()


def _changed(sender: type[models.Model], **_signal: Any) -> None:
    publication_changed()
