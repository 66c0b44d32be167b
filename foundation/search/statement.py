"""The statement that finds. It holds only the conditions that were asked for, so that the planner can weigh them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from foundation.search.finding import Narrow

# Compared in another collation than the index has: a member's keys open most of what there is, and an index over them would only be
# read in vain. It is read for those who find little (FEW_KEYS), and for one place alone.
FEW_KEYS = "e.audience = ANY(%(keys)s)"
MANY_KEYS = 'e.audience COLLATE "C" = ANY(%(keys)s)'
ONE_PLACE = "e.audience = %(place)s AND %(place)s = ANY(%(keys)s)"
# Whoever may be named, and whom the reader may find by that name.
BY_AUTHOR = """e.author_id IN (
    SELECT p.author_id FROM foundation_searchentry p JOIN {people} u ON u.id = p.author_id AND u.is_credited
    WHERE p.kind = 'person' AND p.vector @@ to_tsquery('concentric_words', %(author)s) AND p.audience = ANY(%(reached)s))"""
WORDS = "websearch_to_tsquery(%(configuration)s::regconfig, %(words)s)"

# The newest hits are ranked, not all: ranking reads every row it ranks, so each is read once and carries what is needed. The words
# stand in the condition itself, where the planner can weigh them: the common ones are read off the newest rows, the rare ones off the
# index of words. Where the last months hold more hits than are ranked, what is older is not looked at: a word of middling frequency would
# otherwise be read all through the history. An object with a row for several of the reader's keys is one hit.
MATCHING = """SELECT e.id, e.at, e.target_type_id AS kind_of, e.target_id COLLATE "C" AS object{vector} FROM foundation_searchentry e
  WHERE {conditions}"""
FIND = """
WITH recent AS MATERIALIZED (
  {matching} AND e.at >= %(lately)s ORDER BY e.at DESC LIMIT %(most)s + 1
), matching AS MATERIALIZED (
  SELECT * FROM recent
  UNION ALL
  (SELECT * FROM ({matching} AND e.at < %(lately)s AND (SELECT count(*) FROM recent) <= %(most)s ORDER BY e.at DESC LIMIT %(most)s + 1) older)
), newest AS {materialized} (
  SELECT id, at, kind_of, object, {rank} AS score FROM matching ORDER BY at DESC LIMIT %(most)s
){named}, once AS (
  SELECT DISTINCT ON (kind_of, object) id, at, score FROM {scored} ORDER BY kind_of, object, score DESC
), shown AS (
  SELECT id, at, score, count(*) OVER () AS total FROM once ORDER BY score DESC, at DESC, id DESC LIMIT %(size)s OFFSET %(start)s
)
SELECT shown.total, (SELECT count(*) > %(most)s FROM matching), e.kind, e.title, e.url,
  CASE WHEN e.lead = '' THEN '' ELSE ts_headline(%(configuration)s::regconfig, e.lead, {words},
    'StartSel=' || chr(2) || ', StopSel=' || chr(3) || ', HighlightAll=true') END,
  ts_headline(%(configuration)s::regconfig, left(e.text, 20000), {words},
    'StartSel=' || chr(2) || ', StopSel=' || chr(3)
    || CASE WHEN length(e.text) < 220 THEN ', HighlightAll=true' ELSE ', MaxWords=35, MinWords=15, MaxFragments=1' END),
  e.at, e.audience, CASE WHEN u.is_credited THEN u.name END
FROM shown JOIN foundation_searchentry e USING (id) LEFT JOIN {people} u ON u.id = e.author_id
ORDER BY shown.score DESC, shown.at DESC, e.id DESC
"""
# Where the words found less than a page, names are also found with letters missing or turned around; weak likenesses only where they
# found nothing. Every likeness is computed, so this is asked in a second statement.
NAMED = """, named AS MATERIALIZED (
  SELECT e.id, e.at, e.target_type_id AS kind_of, e.target_id COLLATE "C" AS object, word_similarity(asked.name, e.names) AS likeness
  FROM foundation_searchentry e, (SELECT lower(unaccent(%(words)s)) AS name) asked
  WHERE asked.name <%% e.names AND {narrowed}
  ORDER BY likeness DESC LIMIT 20
), scored AS (
  SELECT n.id, n.at, n.kind_of, n.object, n.score + coalesce(named.likeness, 0) AS score FROM newest n LEFT JOIN named USING (id)
  UNION ALL
  SELECT id, at, kind_of, object, likeness FROM named
  WHERE id NOT IN (SELECT id FROM newest) AND (likeness > 0.6 OR NOT EXISTS (SELECT FROM newest))
)"""


def asked(*, has_words: bool, narrow: Narrow, people: str, has_places: bool, also_like: bool = False) -> str:
    """Return the statement for what is asked, with its values as named parameters; `people` is the table of accounts.

    `has_places` says that the reader holds keys beyond those of their audiences. `also_like` finds names that are nearly so spelt as well.
    """
    scope = ONE_PLACE if narrow.place else MANY_KEYS if has_places else FEW_KEYS
    return _statement(scope, has_words, tuple(name for name, value in vars(narrow).items() if value), people, also_like)


@cache
def _statement(scope: str, has_words: bool, narrowed_by: tuple[str, ...], people: str, also_like: bool) -> str:
    narrowing = {
        "kind": "e.kind = %(kind)s",
        "author": BY_AUTHOR.format(people=people),
        "since": "e.at >= %(since)s",
        "until": "e.at < %(until)s",
    }
    narrowed = " AND ".join([scope, *(narrowing[name] for name in narrowed_by if name != "place")])
    return FIND.format(
        words=WORDS,
        matching=MATCHING.format(
            vector=", e.vector" if has_words else "",
            conditions=f"e.vector @@ {WORDS} AND {narrowed}" if has_words else narrowed,
        ),
        rank=f"ts_rank(vector, {WORDS})" if has_words else "0::real",
        materialized="MATERIALIZED" if also_like else "NOT MATERIALIZED",
        named=NAMED.format(narrowed=narrowed) if also_like else "",
        scored="scored" if also_like else "newest",
        people=people,
    )
