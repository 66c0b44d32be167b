"""The words that are known, and those among them which a word spelt wrong may have meant."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import connection, transaction

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

CONFIGURATION = "concentric"  # made by a migration: English stems, and words with and without their accents are one
WHOLE_WORDS = "concentric_words"  # the same without stems: what a beginning is compared with while somebody types
MOST_NEAR = 12  # known words that are looked at for each that was asked
SHORTEST_BEGUN = 3  # letters by which a name may be begun
LEARNING = 5_221_402  # the advisory lock of whoever adds words

# Of `given` rows (called, title, text) the words that are not known yet. Words without meaning and parts of addresses are left out.
UNKNOWN = f"""
SELECT said.word, bool_or(said.is_name) AS is_name FROM (
  SELECT lexeme AS word, true AS is_name FROM (SELECT DISTINCT title, names FROM given) called,
    unnest(to_tsvector('{WHOLE_WORDS}', title || ' ' || names))
  UNION ALL
  SELECT lexeme, false FROM (SELECT DISTINCT left(text, 20000) AS text FROM given) told, unnest(to_tsvector('{WHOLE_WORDS}', text))
) said LEFT JOIN foundation_searchword known USING (word)
WHERE (known.word IS NULL OR (said.is_name AND NOT known.is_name))
  AND said.word ~ '^[[:alpha:]]{{3,30}}$' AND ts_lexize('english_stem', said.word) <> '{{}}'
GROUP BY said.word
"""  # noqa: S608  a name of ours
# Only one transaction at a time adds words, and nobody waits for it: two that had learnt the same words in another order would wait for
# each other. What is not learnt for this is learnt when it is said again, or by `reindex`.
LEARN = f"""
INSERT INTO foundation_searchword (word, is_name) SELECT word, is_name FROM unknown WHERE pg_try_advisory_xact_lock({LEARNING} + 0 * length(word))
ON CONFLICT (word) DO UPDATE SET is_name = true WHERE excluded.is_name AND NOT foundation_searchword.is_name
"""  # noqa: S608  a number of ours
WORD = re.compile(r"[^\W_]+")
NEAR = f"""
SELECT asked.place, asked.plain, length(asked.plain) >= {SHORTEST_BEGUN} AND EXISTS (
    SELECT FROM foundation_searchword
    WHERE word ~>~ asked.plain AND word ~<~ (asked.plain || chr(1114111)) AND is_name AND ts_lexize('english_stem', word) <> asked.stem
  ), asked.stem = '{{}}', near.word, ts_lexize('english_stem', near.word)
FROM (
  SELECT place, plain, ts_lexize('english_stem', plain) AS stem
  FROM (SELECT place, lower(unaccent(word)) AS plain FROM unnest(%(words)s::text[]) WITH ORDINALITY AS given (word, place)) given
) asked
LEFT JOIN LATERAL (
  SELECT word FROM foundation_searchword
  WHERE word %% asked.plain AND word <> asked.plain AND (%(of_its_stem)s OR ts_lexize('english_stem', word) <> asked.stem)
    AND (is_name OR NOT %(only_names)s)
  ORDER BY similarity(word, asked.plain) DESC, word LIMIT {MOST_NEAR}
) near ON true
ORDER BY asked.place
"""  # noqa: S608  names of ours


@dataclass(frozen=True)
class Near:
    """A known word, how many letters of it were missed or turned around, and what else is near and of the same stem."""

    word: str
    away: int
    forms: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Meant:
    """One word that was asked for, and what it may have meant, the nearest first."""

    asked: str
    begins_a_name: bool = False
    is_empty: bool = False  # as “the” is: found in names alone
    near: list[Near] = field(default_factory=list)

    def of(self, code: int) -> set[str]:
        """The forms of the known word that a hit has in its place, by the code that `statement` gives it; none where it is begun only."""
        number = code % 100 - 2
        return self.near[number].forms if number >= 0 else set()


def learn(texts: Iterable[str]) -> None:
    """Know the words of these texts, for entries that are written by other ways than `index`."""
    given = "SELECT '' AS title, '' AS names, unnest(%(texts)s::text[]) AS text"
    with connection.cursor() as cursor:
        cursor.execute(f"WITH given AS ({given}), unknown AS MATERIALIZED ({UNKNOWN}) {LEARN}", {"texts": list(texts)})


def meant_by(words: Sequence[str], *, only_names: bool = False, of_its_stem: bool = False) -> list[Meant]:
    """What each of `words` may have meant, by one query; words without meaning of their own are left out, unless there are no others.

    `only_names` looks for names with one letter wrong. Words of the same stem find each other anyway: they are left out unless `of_its_stem`.
    """
    with connection.cursor() as cursor:
        cursor.execute(NEAR, {"words": list(words), "only_names": only_names, "of_its_stem": of_its_stem})
        rows = cursor.fetchall()
    found: dict[int, Meant] = {}
    near: list[tuple[int, int, str, str]] = []
    for place, asked, begins_a_name, is_empty, word, stem in rows:
        found.setdefault(place, Meant(words[place - 1], begins_a_name, is_empty))
        if word and (away := distance(asked, word)) <= (1 if only_names else forgiven(asked)):
            near.append((place, away, word, str(stem)))
    stems: dict[tuple[int, str], Near] = {}
    for place, away, word, stem in sorted(near):
        if (place, stem) not in stems:
            found[place].near.append(stems.setdefault((place, stem), Near(word, away)))
        stems[place, stem].forms.add(word)
    return [one for one in found.values() if not one.is_empty] or list(found.values())


def plain(word: str) -> str:
    """The word without its accents and capitals, much as the database writes it."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(letter))


def forgiven(word: str) -> int:
    """How many letters of a word may be wrong."""
    return 1 if len(word) < 5 else 2 if len(word) < 9 else 3


def distance(one: str, other: str) -> int:
    """How many letters must be put in, left out, changed, or turned around with their neighbour, to make one word of the other."""
    above: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        line = [row]
        for column, against in enumerate(other, start=1):
            cost = min(last[column] + 1, line[-1] + 1, last[column - 1] + (letter != against))
            if above and column > 1 and letter == other[column - 2] and one[row - 2] == against:
                cost = min(cost, above[column - 2] + 1)
            line.append(cost)
        above, last = last, line
    return last[-1]


def forget_words(at_once: int = 200) -> int:
    """Forget the words that stand in no entry any more; return how many. For the night."""
    last, count = "", 0
    while batch := _after(last, at_once):
        last = batch[-1]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(FORGET, [batch])
            count += cursor.rowcount
    return count


# Whoever adds words meanwhile is not waited for: they stay until the next night. A word that is said again just now may be forgotten, and is
# learnt when it is said once more.
FORGET = f"""
DELETE FROM foundation_searchword w WHERE w.word = ANY(%s) AND pg_try_advisory_xact_lock({LEARNING}) AND NOT EXISTS (
  SELECT FROM foundation_searchentry e WHERE e.vector @@ to_tsquery('{CONFIGURATION}', w.word)
)
"""  # noqa: S608  a name of ours


def _after(word: str, most: int) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT word FROM foundation_searchword WHERE word > %s ORDER BY word LIMIT %s", [word, most])
        return [word for (word,) in cursor.fetchall()]
