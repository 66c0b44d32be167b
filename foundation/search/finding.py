"""Finding: one query, in which the reader's keys are the scope."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from foundation.search.indexing import CONFIGURATION
from foundation.search.registry import keys_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User

MOST_RANKED = 1000
LONGEST_QUERY = 200


@dataclass(frozen=True)
class Hit:
    """One thing found: `lead` says who or what it is, `excerpt` what it says; both are escaped, with the words asked for marked."""

    kind: str
    title: str
    url: str
    lead: SafeString
    excerpt: SafeString
    at: datetime


@dataclass(frozen=True)
class Found:
    """One page of hits, the best first, and how many there are; `is_more` when only the newest of them were looked at."""

    hits: list[Hit]
    total: int
    is_more: bool


def search(reader: User | AnonymousUser, words: str, *, kind: str = "", page: int = 1, size: int = 20) -> Found:
    """Return a page of what `reader` may find: one query, beside those that tell the reader's keys."""
    words = words.replace("\0", " ").strip()[:LONGEST_QUERY]
    if not words:
        return Found([], 0, is_more=False)
    values: dict[str, Any] = {"words": words, "keys": sorted(keys_of(reader, kind)), "kind": kind, "configuration": CONFIGURATION}
    with connection.cursor() as cursor:
        cursor.execute(QUERY, {**values, "most": MOST_RANKED, "size": size, "start": (page - 1) * size})
        rows = cursor.fetchall()
    hits = [Hit(row[0], row[1], row[2], _marked(row[3]), _excerpt(row[4], whole=not row[3]), row[5]) for row in rows]
    return Found(hits, rows[0][6] if rows else 0, is_more=bool(rows and rows[0][7]))


# The newest hits are ranked, not all: ranking reads every row it ranks. The words stand in the condition itself, where the planner can
# weigh them: the common ones are read off the newest rows, the rare ones off the index of words. Names are also found with letters missing or turned around
# where the words found less than a page (every likeness is computed, which costs more than all the rest); weak likenesses only where they found
# nothing. An object with a row for several of the reader's keys is one hit.
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
  WHERE (SELECT count(*) FROM newest) < %(size)s AND asked.name <%% e.names AND e.audience = ANY(%(keys)s) AND (%(kind)s = '' OR e.kind = %(kind)s)
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
  ts_headline(%(configuration)s::regconfig, e.lead, asked.words, 'StartSel=' || chr(2) || ', StopSel=' || chr(3) || ', HighlightAll=true'),
  ts_headline(%(configuration)s::regconfig, left(e.text, 20000), asked.words,
              'StartSel=' || chr(2) || ', StopSel=' || chr(3) || ', MaxWords=35, MinWords=15, MaxFragments=1'),
  e.at, shown.total, (SELECT count(*) > %(most)s FROM matching)
FROM shown JOIN foundation_searchentry e USING (id), asked ORDER BY shown.score DESC, e.id DESC
"""


def _excerpt(text: str, *, whole: bool) -> SafeString:
    """Return what was cut out of a text as one line that reads well.

    Below a lead (not `whole`) only those lines are kept in which a word was found: the lead says the rest.
    """
    lines = [line.removeprefix("- ").strip() for line in text.splitlines()]
    if whole and lines[:1] and lines[0][:1].islower():
        lines[0] = f"… {lines[0]}"
    if lines and lines[-1][-1:].isalnum():
        lines[-1] += " …"
    kept = [line for line in lines if line and (whole or "\x02" in line)]
    return _marked(" ".join(kept) if whole else " · ".join(kept).replace(". · ", ". "))


def _marked(excerpt: str) -> SafeString:
    return mark_safe(escape(excerpt).replace("\x02", "<mark>").replace("\x03", "</mark>"))  # noqa: S308  escaped here
