"""Keeping what can be found up to date."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import islice
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from django.db.models.functions import Cast
from django.utils import timezone
from kombu.exceptions import OperationalError

from foundation.breaker import Breaker
from foundation.models import SearchEntry
from foundation.search.registry import Searchable, SearchRow, searchables
from foundation.search.words import CONFIGURATION, LEARN, UNKNOWN, WHOLE_WORDS

AT_ONCE = 500

broker = Breaker()
logger = logging.getLogger(__name__)
_waiting: ContextVar[dict[str, dict[Any, None]] | None] = ContextVar("objects to index at the end of a block", default=None)


def index(obj: models.Model) -> None:
    """Bring what can be found of `obj` up to date. An object of no registered kind is left alone."""
    waiting = _waiting.get()
    for kind, searchable in searchables.items():
        if not isinstance(obj, searchable.model):
            continue
        if waiting is None:
            _write(kind, searchable, [obj.pk])
        else:
            waiting.setdefault(kind, {})[obj.pk] = None


def index_new(obj: models.Model) -> None:
    """The same for what this transaction has just made, and nobody else can have changed: one statement."""
    if _waiting.get() is not None:
        index(obj)
        return
    for kind, searchable in searchables.items():
        if isinstance(obj, searchable.model):
            _insert(kind, searchable, [obj])


def index_made(kind: str, objects: Iterable[models.Model]) -> None:
    """The same for many of one kind, made in bulk; at once, also within `index_once()`."""
    _insert(kind, searchables[kind], objects)


@contextmanager
def index_once() -> Iterator[None]:
    """For work that changes the same objects many times: a transaction, at whose end each object is indexed once, as it is then.

    Within it a search finds what was there before. A block inside another one leaves the indexing to the outer one.
    """
    with transaction.atomic():
        if _waiting.get() is not None:
            yield
            return
        waiting: dict[str, dict[Any, None]] = {}
        token = _waiting.set(waiting)
        try:
            yield
        finally:
            _waiting.reset(token)
        for kind, pks in waiting.items():
            index_many(kind, pks)


def index_many(kind: str, pks: Iterable[Any]) -> int:
    """The same for many objects of one kind, in a few statements for each five hundred; return how many there were."""
    rest, count = iter(pks), 0
    while some := list(islice(rest, AT_ONCE)):
        _write(kind, searchables[kind], some)
        count += len(some)
    return count


def index_all(kind: str) -> int:
    """Index every object of a kind anew, let go of entries whose object is gone, and return how many objects there were."""
    searchable = searchables[kind]
    known = searchable.model._base_manager.annotate(search_key=Cast("pk", models.CharField())).values("search_key")
    SearchEntry.objects.filter(kind=kind).exclude(target_id__in=known).delete()  # unscoped: kept in step with its objects
    return index_many(kind, searchable.model._base_manager.order_by("pk").values_list("pk", flat=True).iterator(AT_ONCE))


def remove(obj: models.Model) -> None:
    """Let nobody find `obj` any more; call it before the object is deleted."""
    _entries(_type_of(type(obj)), [obj.pk]).delete()


@transaction.atomic
def mark_stale(kind: str, objects: models.QuerySet) -> None:
    """Have a worker index `objects` anew, soon: a word that they all carry has changed. The sweep does it if no worker is told."""
    keys = objects.annotate(search_key=Cast("pk", models.CharField())).values("search_key")
    entries = SearchEntry.objects.filter(kind=kind, target_id__in=keys)  # unscoped: to be written anew
    # Locked in order, so that two words which change at the same moment do not wait for each other.
    pks = list(entries.order_by("pk").select_for_update().values_list("pk", flat=True))
    if SearchEntry.objects.filter(pk__in=pks).update(is_stale=True):  # unscoped: only marks them
        transaction.on_commit(_tell_a_worker, robust=True)


def refresh_stale() -> int:
    """Index anew what is stale, five hundred entries a transaction, and return how many objects there were."""
    count = 0
    while some := _refresh_some():
        count += some
    return count


@transaction.atomic
def _refresh_some() -> int:
    # The mark goes before the words are read: a change that comes in between waits for the row, and marks it once more.
    waiting = SearchEntry.objects.filter(is_stale=True).order_by("pk")  # unscoped: to be written anew
    stale = list(waiting.select_for_update(skip_locked=True)[:AT_ONCE])
    SearchEntry.objects.filter(pk__in=[entry.pk for entry in stale]).update(is_stale=False)  # unscoped: only marks them
    by_kind: dict[str, set[str]] = {}
    for entry in stale:
        by_kind.setdefault(entry.kind, set()).add(entry.target_id)
    return sum(index_many(kind, sorted(targets)) for kind, targets in by_kind.items() if kind in searchables)


def _tell_a_worker() -> None:
    from foundation.tasks import refresh_search  # deferred: the tasks import this module

    if not broker.worth_asking():
        return
    try:
        refresh_search.delay()
    except (OperationalError, OSError) as error:
        broker.failed()
        logger.warning("The broker does not answer (%s); the sweep will find what is stale.", type(error).__name__)
    else:
        broker.answered()


@transaction.atomic
def _write(kind: str, searchable: Searchable, pks: list[Any]) -> None:
    # Of two changes to one object, the second waits here and then reads what the first has left: somebody who was removed in the
    # meantime does not come back by a change that began before.
    if searchable.hold:
        searchable.hold(pks)
    held = searchable.model._base_manager.filter(pk__in=pks).order_by("pk").select_for_update(no_key=True)
    list(held.values_list("pk", flat=True))
    kept = _insert(kind, searchable, searchable.objects().filter(pk__in=pks))
    there = _entries(_type_of(searchable.model), pks).values_list("pk", "target_id", "audience")
    gone = [pk for pk, target, audience in there if (target, audience) not in kept]
    if gone:
        SearchEntry.objects.filter(pk__in=gone).delete()  # unscoped: to be found no longer
    if searchable.after:
        searchable.after(pks)


def _insert(kind: str, searchable: Searchable, objects: Iterable[Any]) -> set[tuple[str, str]]:
    """Write what can be found of `objects`, and return of which one by whom."""
    rows = [(str(obj.pk), row, row.url or obj.get_absolute_url()) for obj in objects for row in searchable.rows(obj)]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(WRITE, {"kind": kind, "type": _type_of(searchable.model).pk, **_columns(rows)})
    return {(target, row.audience) for target, row, _url in rows}


def _columns(rows: list[tuple[str, SearchRow, str]]) -> dict[str, Any]:
    columns: dict[str, Iterator[Any]] = {
        "target": (target for target, _row, _url in rows),
        "url": (url for _target, _row, url in rows),
        "audience": (row.audience for _target, row, _url in rows),
        "title": (_plain(row.title, 300) for _target, row, _url in rows),
        "names": (_plain(row.names, 2000) for _target, row, _url in rows),
        "lead": (_plain(row.lead, 1000) for _target, row, _url in rows),
        "text": (_plain(row.text) for _target, row, _url in rows),
        "at": (row.at or timezone.now() for _target, row, _url in rows),
        "typed": (row.as_you_type for _target, row, _url in rows),
        "author": (row.author for _target, row, _url in rows),
        "titled": (row.by_title for _target, row, _url in rows),
    }
    return {name: list(column) for name, column in columns.items()}


def _plain(words: str, most: int | None = None) -> str:
    return str(words).replace("\0", " ")[:most]


def _entries(target_type: ContentType, pks: Iterable[Any]) -> models.QuerySet[SearchEntry]:
    keys = [str(pk) for pk in pks]
    return SearchEntry.objects.filter(target_type=target_type, target_id__in=keys)  # unscoped: to be written anew


def _type_of(model: type[models.Model]) -> ContentType:
    return ContentType.objects.get_for_model(model)  # unscoped: names a model, no row of it


# A word of 200,000 letters into a text is as far as its words are looked at. By the same statement its new words become known.
WRITE = f"""
WITH given AS MATERIALIZED (
  SELECT target, audience, title, names, lead, lead || ' ' || text AS text, text AS said, url, at, typed, author, titled
  FROM unnest(%(target)s::text[], %(audience)s::text[], %(title)s::text[], %(names)s::text[], %(lead)s::text[], %(text)s::text[], %(url)s::text[],
              %(at)s::timestamptz[], %(typed)s::boolean[], %(author)s::bigint[], %(titled)s::boolean[])
    AS columns (target, audience, title, names, lead, text, url, at, typed, author, titled)
), unknown AS MATERIALIZED ({UNKNOWN}), learnt AS ({LEARN})
INSERT INTO foundation_searchentry (kind, target_type_id, target_id, audience, author_id, title, names, lead, text, url, at, is_stale, vector)
SELECT %(kind)s, %(type)s, target, audience, author, title, lower(unaccent(names)), lead, said, url, at, false,
  CASE WHEN titled THEN setweight(to_tsvector('{CONFIGURATION}', title) || to_tsvector('{WHOLE_WORDS}', title), 'A') ELSE '' END
  || setweight(to_tsvector('{CONFIGURATION}', names) || to_tsvector('{WHOLE_WORDS}', names), 'B')
  || setweight(to_tsvector('{CONFIGURATION}', left(text, 200000))
               || CASE WHEN typed THEN to_tsvector('{WHOLE_WORDS}', left(text, 200000)) ELSE '' END, 'C')
FROM given
ON CONFLICT (target_type_id, target_id, audience) DO UPDATE SET kind = excluded.kind, author_id = excluded.author_id, title = excluded.title,
  names = excluded.names, lead = excluded.lead, text = excluded.text, url = excluded.url, at = excluded.at, vector = excluded.vector
"""  # noqa: S608  names of ours
