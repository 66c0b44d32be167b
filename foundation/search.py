"""What can be found, and by whom: each app registers its searchable models and, where it has audiences of its own, the reader's keys to them.

`index(obj)` after every change, in the same transaction; `search(reader, words)` finds no more than the reader's keys open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import add
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.lookups import Unaccent
from django.contrib.postgres.search import SearchVector
from django.db import connection, models, transaction
from django.db.models import Value
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from foundation.audiences import reached_by
from foundation.models import SearchEntry
from foundation.registry import Registry

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django_stubs_ext import StrPromise

    from ambassadors.models import User

CONFIGURATION = "concentric"  # made by a migration: English stems, and words with and without their accents are one
MOST_RANKED = 1000
LONGEST_QUERY = 200


@dataclass(frozen=True)
class SearchRow:
    """What one audience may find of one object: `public`, `members`, `staff`, `space:12`, `people:4,9` … and the words for them.

    One object has one row per audience; each holds only what that audience may read. `names` are found with a letter wrong, too.
    `at` is the date by which the newest are told.
    """

    audience: str
    title: str
    text: str = ""
    url: str = ""
    names: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Searchable:
    """A kind of thing that can be found. `rows(obj)` says what of it, for whom; no rows takes it out. `objects()` is all there is."""

    label: StrPromise | str
    model: type[models.Model]
    rows: Callable[[Any], Iterable[SearchRow]]
    objects: Callable[[], models.QuerySet]


@dataclass(frozen=True)
class Hit:
    """One thing found: `excerpt` is escaped, with the words that were asked for marked."""

    kind: str
    title: str
    url: str
    excerpt: SafeString
    at: datetime


@dataclass(frozen=True)
class Found:
    """One page of hits, the best first, and how many there are; `is_more` when only the newest of them were looked at."""

    hits: list[Hit]
    total: int
    is_more: bool


searchables: Registry[Searchable] = Registry("searchable")
audience_keys: Registry[Callable[[User], Iterable[str]]] = Registry("source of audience keys")


def keys_of(reader: User | AnonymousUser) -> set[str]:
    """Return the audience keys that `reader` holds."""
    keys = set(reached_by(reader))
    if reader.is_authenticated and reader.is_active:
        keys |= {key for source in audience_keys for key in source(reader)}
    return keys


def index(obj: models.Model) -> None:
    """Bring what can be found of `obj` up to date. An object of no registered kind is left alone."""
    for kind, searchable in searchables.items():
        if isinstance(obj, searchable.model):
            entries = [_entry(kind, obj, row) for row in searchable.rows(obj)]
            with transaction.atomic():
                _entries_of(obj).exclude(audience__in=[entry.audience for entry in entries]).delete()
                SearchEntry.objects.bulk_create(  # unscoped: writes what each audience may find
                    entries,
                    update_conflicts=True,
                    unique_fields=["target_type", "target_id", "audience"],
                    update_fields=["kind", "title", "text", "names", "url", "at", "vector"],
                )


def remove(obj: models.Model) -> None:
    """Let nobody find `obj` any more; call it before the object is deleted."""
    _entries_of(obj).delete()


def index_all(kind: str) -> int:
    """Index every object of a kind anew, and return how many there were."""
    count = 0
    for obj in searchables[kind].objects().iterator(500):
        index(obj)
        count += 1
    return count


def search(reader: User | AnonymousUser, words: str, *, kind: str = "", page: int = 1, size: int = 20) -> Found:
    """Return a page of what `reader` may find: one query, beside those that tell the reader's keys."""
    words = words.replace("\0", " ").strip()[:LONGEST_QUERY]
    if not words:
        return Found([], 0, is_more=False)
    values: dict[str, Any] = {"words": words, "keys": sorted(keys_of(reader)), "kind": kind, "configuration": CONFIGURATION}
    with connection.cursor() as cursor:
        cursor.execute(QUERY, {**values, "most": MOST_RANKED, "size": size, "start": (page - 1) * size})
        rows = cursor.fetchall()
    hits = [Hit(row[0], row[1], row[2], _marked(row[3]), row[4]) for row in rows]
    return Found(hits, rows[0][5] if rows else 0, is_more=bool(rows and rows[0][6]))


# The newest hits are ranked, not all: ranking reads every row it ranks. The words stand in the condition itself, where the planner can
# weigh them: the common ones are read off the newest rows, the rare ones off the index of words. Names are also found with letters missing or turned around; weak
# likenesses only where the words themselves found nothing. An object with a row for several of the reader's keys is one hit.
QUERY = """
WITH asked AS MATERIALIZED (
  SELECT websearch_to_tsquery(%(configuration)s::regconfig, %(words)s) AS words, lower(unaccent(%(words)s)) AS name
), matching AS (
  SELECT e.id, e.at FROM foundation_searchentry e
  WHERE e.vector @@ websearch_to_tsquery(%(configuration)s::regconfig, %(words)s) AND e.audience = ANY(%(keys)s) AND (%(kind)s = '' OR e.kind = %(kind)s)
  ORDER BY e.at DESC LIMIT %(most)s + 1
), newest AS MATERIALIZED (
  SELECT id FROM matching ORDER BY at DESC LIMIT %(most)s
), named AS MATERIALIZED (
  SELECT e.id, word_similarity(asked.name, e.names) AS likeness FROM foundation_searchentry e, asked
  WHERE asked.name <%% e.names AND e.audience = ANY(%(keys)s) AND (%(kind)s = '' OR e.kind = %(kind)s)
  ORDER BY likeness DESC LIMIT 20
), scored AS (
  SELECT e.id, ts_rank(e.vector, asked.words) + coalesce(named.likeness, 0) AS score
  FROM newest JOIN foundation_searchentry e USING (id) LEFT JOIN named USING (id), asked
  UNION ALL
  SELECT id, likeness FROM named
  WHERE id NOT IN (SELECT id FROM newest) AND (likeness > 0.6 OR NOT EXISTS (SELECT FROM newest))
), once AS (
  SELECT DISTINCT ON (e.target_type_id, e.target_id) e.id, scored.score
  FROM scored JOIN foundation_searchentry e USING (id) ORDER BY e.target_type_id, e.target_id, scored.score DESC
), shown AS (
  SELECT id, score, count(*) OVER () AS total FROM once ORDER BY score DESC, id DESC LIMIT %(size)s OFFSET %(start)s
)
SELECT e.kind, e.title, e.url,
  ts_headline(%(configuration)s::regconfig, left(e.text, 20000), asked.words,
              'StartSel=' || chr(2) || ', StopSel=' || chr(3) || ', MaxWords=35, MinWords=15, MaxFragments=1'),
  e.at, shown.total, (SELECT count(*) > %(most)s FROM matching)
FROM shown JOIN foundation_searchentry e USING (id), asked ORDER BY shown.score DESC, e.id DESC
"""


def _entry(kind: str, obj: models.Model, row: SearchRow) -> SearchEntry:
    parts = ((row.title, "A"), (row.names, "A"), (row.text, "C"))
    vectors = [SearchVector(Value(words[:200_000]), weight=weight, config=CONFIGURATION) for words, weight in parts if words]
    return SearchEntry(
        kind=kind,
        target_type=_type_of(obj),
        target_id=str(obj.pk),
        audience=row.audience,
        title=row.title[:300],
        text=row.text,
        names=Lower(Unaccent(Value(row.names[:300]))) if row.names else "",
        url=row.url or obj.get_absolute_url(),  # type: ignore[attr-defined]
        at=row.at or timezone.now(),
        vector=reduce(add, vectors) if vectors else SearchVector(Value(""), config=CONFIGURATION),
    )


def _entries_of(obj: models.Model) -> models.QuerySet[SearchEntry]:
    return SearchEntry.objects.filter(target_type=_type_of(obj), target_id=str(obj.pk))  # unscoped: to be written anew


def _type_of(obj: models.Model) -> ContentType:
    return ContentType.objects.get_for_model(obj)  # unscoped: names a model, no row of it


def _marked(excerpt: str) -> SafeString:
    return mark_safe(escape(excerpt).replace("\x02", "<mark>").replace("\x03", "</mark>"))  # noqa: S308  escaped here
