"""The statement that finds. It holds only the conditions that were asked for, so that the planner can weigh them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from foundation.search.words import CONFIGURATION, WHOLE_WORDS

if TYPE_CHECKING:
    from foundation.search.finding import Narrow
    from foundation.search.words import Meant

# Compared in another collation than the index has: a member's keys open most of what there is, and an index over them would only be
# read in vain. It is read for those who find little (FEW_KEYS), and for one place alone.
FEW_KEYS = "e.audience = ANY(%(keys)s)"
MANY_KEYS = 'e.audience COLLATE "C" = ANY(%(keys)s)'
ONE_PLACE = "e.audience = %(place)s AND %(place)s = ANY(%(keys)s)"
# Whoever may be named, and whom the reader may find by that name.
BY_AUTHOR = """e.author_id IN (
    SELECT p.author_id FROM foundation_searchentry p JOIN {people} u ON u.id = p.author_id AND u.is_credited
    WHERE p.kind = 'person' AND p.vector @@ to_tsquery('concentric_words', %(author)s) AND p.audience = ANY(%(reached)s))"""

# The newest hits are ranked, not all: ranking reads every row it ranks, so each is read once. The words stand in the condition itself,
# where the planner can weigh them: the common ones are read off the newest rows, the rare ones off the index of words. Where lately there
# were more hits than are ranked, what is older is not looked at: a word of middling frequency would otherwise be read all through the
# history. An object with a row for several of the reader's keys is one hit. Where nothing is on the page, its first row still tells the total.
MATCHING = """SELECT e.id, e.at, e.target_type_id AS kind_of, e.target_id COLLATE "C" AS object, {rank} AS score, {meant} AS meant
  FROM foundation_searchentry e WHERE {conditions}"""
FIND = """
WITH recent AS MATERIALIZED (
  {matching} AND e.at >= %(lately)s ORDER BY e.at DESC LIMIT %(most)s + 1
), matching AS MATERIALIZED (
  SELECT * FROM recent
  UNION ALL
  (SELECT * FROM ({matching} AND e.at < %(lately)s AND (SELECT count(*) FROM recent) <= %(most)s ORDER BY e.at DESC LIMIT %(most)s + 1) older)
), newest AS (
  SELECT id, at, kind_of, object, score, meant, {away} AS away FROM matching ORDER BY at DESC LIMIT %(most)s
), once AS MATERIALIZED (
  SELECT DISTINCT ON (kind_of, object) id, at, score, meant, away FROM newest ORDER BY kind_of, object, away, score DESC
), kept AS (
  SELECT * FROM once{near_enough}
), shown AS MATERIALIZED (
  SELECT id, at, score, meant, away FROM kept ORDER BY away, score DESC, at DESC, id DESC LIMIT %(size)s OFFSET %(start)s
)
SELECT told.total, told.is_more, e.kind, e.title, e.url,
  CASE WHEN e.lead = '' THEN '' ELSE ts_headline('{configuration}', e.lead, {words},
    'StartSel=' || chr(2) || ', StopSel=' || chr(3) || ', HighlightAll=true') END,
  ts_headline('{configuration}', left(e.text, {looked_at}), {words},
    'StartSel=' || chr(2) || ', StopSel=' || chr(3)
    || CASE WHEN length(e.text) < 220 THEN ', HighlightAll=true' ELSE ', MaxWords=35, MinWords=15, MaxFragments=1' END),
  e.at, e.audience, CASE WHEN u.is_credited THEN u.name END, shown.meant
FROM (SELECT (SELECT count(*) FROM kept) AS total, (SELECT count(*) > %(most)s FROM matching) AS is_more) told
LEFT JOIN (shown JOIN foundation_searchentry e USING (id) LEFT JOIN {people} u ON u.id = e.author_id) ON true
ORDER BY shown.away, shown.score DESC, shown.at DESC, e.id DESC
"""
LOOKED_AT = 20000  # letters of a text in which the words are marked
# Of what is spelt nearly so: the nearest where the words themselves found nothing, else names that lack one letter, after them.
NEAREST = " WHERE away = (SELECT min(away) FROM once)"
NEAR_NAMES = " WHERE away <= 1"


class Asked(NamedTuple):
    """A condition on words: the query, which of the meant words a row has (an array), and how far they are from those that were asked for."""

    query: str
    meant: str = "NULL::int[]"
    away: str = "0"
    near_enough: str = ""


AS_ASKED = Asked(f"websearch_to_tsquery('{CONFIGURATION}', %(words)s)")
NOTHING = Asked("''::tsquery")


def spelt_nearly(meant: list[Meant], *, only_names: bool) -> tuple[Asked, dict[str, Any]]:
    """Find each word, a name that begins with it, or what it may have meant, with the values that it takes.

    A row tells of each word, in hundreds, how far it is, and which of the meant ones it is: 0 itself, 1 a name begun, 2 and on as they stand.
    """
    values: dict[str, Any] = {}
    groups, cases = [], []
    for place, one in enumerate(meant):
        label = ":AB" if only_names else ""
        values |= {f"w{place}": one.asked, f"b{place}": f"{one.asked}:*AB"}
        tests = [(0, f"to_tsquery('{WHOLE_WORDS if one.is_empty else CONFIGURATION}', %(w{place})s)")]
        if one.begins_a_name:
            tests.append((101, f"to_tsquery('{WHOLE_WORDS}', %(b{place})s)"))
        for number, near in enumerate(one.near):
            values[f"n{place}_{number}"] = f"{near.word}{label}"
            tests.append((near.away * 100 + number + 2, f"to_tsquery('{CONFIGURATION}', %(n{place}_{number})s)"))
        groups.append("(" + " || ".join(test for _code, test in tests) + ")")
        cases.append("CASE " + " ".join(f"WHEN e.vector @@ {test} THEN {code}" for code, test in tests) + " END")
    away = " + ".join(f"coalesce(meant[{place}], 0) / 100" for place in range(1, len(meant) + 1))
    return Asked(f"({' && '.join(groups)})", f"ARRAY[{', '.join(cases)}]", away, NEAR_NAMES if only_names else NEAREST), values


def finding(words: Asked | None, *, narrow: Narrow, people: str, has_places: bool) -> str:
    """Return the statement for what is asked, with its values as named parameters; `people` is the table of accounts.

    `has_places` says that the reader holds keys beyond those of their audiences.
    """
    scope = ONE_PLACE if narrow.place else MANY_KEYS if has_places else FEW_KEYS
    return _statement(scope, words, tuple(name for name, value in vars(narrow).items() if value), people)


@lru_cache(maxsize=64)  # those with near words hold no more than their number
def _statement(scope: str, words: Asked | None, narrowed_by: tuple[str, ...], people: str) -> str:
    narrowing = {
        "kind": "e.kind = %(kind)s",
        "author": BY_AUTHOR.format(people=people),
        "since": "e.at >= %(since)s",
        "until": "e.at < %(until)s",
    }
    conditions = [scope, *(narrowing[name] for name in narrowed_by if name != "place")]
    rank = "0::real"
    if words:
        rank, conditions = f"ts_rank(e.vector, {words.query})", [f"e.vector @@ {words.query}", *conditions]
    asked = words or NOTHING
    return FIND.format(
        matching=MATCHING.format(rank=rank, meant=asked.meant, conditions=" AND ".join(conditions)),
        words=asked.query,
        away=asked.away,
        near_enough=asked.near_enough,
        people=people,
        configuration=CONFIGURATION,
        looked_at=LOOKED_AT,
    )
