"""Finding: one query, in which the reader's keys are the scope."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db import connection
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from foundation.audiences import reached_by
from foundation.search import statement
from foundation.search.registry import places_of, searchables
from foundation.search.typed import words_of
from foundation.search.words import WORD, Meant, meant_by, plain

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User

MOST_RANKED = 1000
LATELY, BEFORE = (
    timedelta(days=100),
    timedelta(days=250),
)  # where that holds more hits than are ranked, what is older is not looked at
LONGEST_QUERY = 200
MOST_INSTEAD = 3
OPERATORS = re.compile(r"\"|(?:^|\s)-|\sor\s", re.IGNORECASE)  # whoever uses them means what they type


@dataclass(frozen=True)
class Hit:
    """One thing found: `lead` says who or what it is, `excerpt` what it says; both are escaped, with the words asked for marked.

    `place` is the name of the space that it stands in, `author` who said it: empty where there is none, or none to be named.
    """

    kind: str
    title: str
    url: str
    lead: SafeString
    excerpt: SafeString
    at: datetime
    place: str = ""
    author: str = ""


@dataclass(frozen=True)
class Found:
    """One page of hits, the best first, and how many there are; `is_more` when only the newest of them were looked at.

    `places` are those that the reader may choose from, by their keys. `instead` are words of these hits, which are spelt nearly as those
    that were asked for, where those found nothing.
    """

    hits: list[Hit]
    total: int
    is_more: bool
    places: Mapping[str, str] = field(default_factory=dict)
    instead: tuple[str, ...] = ()


@dataclass(frozen=True)
class Narrow:
    """What a search is narrowed to: the key of a place, (the beginnings of) an author's name, a time. Nothing narrows nothing."""

    kind: str = ""
    place: str = ""
    author: str = ""
    since: datetime | None = None
    until: datetime | None = None

    @property
    def is_enough(self) -> bool:
        """Whether it alone is something to look for: the newest of a kind is not."""
        return bool(self.place or self.author or self.since or self.until)


def search(
    reader: User | AnonymousUser, words: str, *, kind: str = "", narrow: Narrow | None = None, page: int = 1, size: int = 20
) -> Found:
    """Return a page of what `reader` may find: without words, the newest within `narrow`.

    It takes one query. Where the words found less than a page it takes a second one for words that are nearly so spelt, and a third where
    there are any; beside those that tell the reader's keys.
    """
    narrow = Narrow(kind) if narrow is None else narrow
    is_placed = narrow.kind not in searchables or searchables[narrow.kind].in_places
    places = places_of(reader) if is_placed else {}
    words = words.replace("\0", " ").strip()[:LONGEST_QUERY]
    if not words and not narrow.is_enough:
        return Found([], 0, is_more=False, places=places)
    reached = reached_by(reader)
    values = {**vars(narrow), "words": words, "keys": sorted(reached | set(places)), "reached": sorted(reached)}
    values |= {"most": MOST_RANKED, "size": size, "start": (page - 1) * size, "lately": timezone.now() - LATELY}
    values |= {"author": " & ".join(f"{word}:*A" for word in words_of(narrow.author))}
    found = _told(_rows(statement.AS_ASKED if words else None, values, narrow), places)
    if words and found.total < size:
        return _spelt_nearly(found, words, values, narrow)
    return found


def _spelt_nearly(found: Found, words: str, values: dict[str, Any], narrow: Narrow) -> Found:
    """Add names that are nearly so spelt; where nothing was found, find what the words may have meant instead.

    What is near is looked for like anything else, under the reader's keys, so that no word is told which they could not have read.
    """
    asked = words_of(words)
    if OPERATORS.search(words) or not asked:
        return found
    meant = meant_by(asked, only_names=found.total > 0)
    if not any(one.near or one.begins_a_name or one.is_empty for one in meant):
        return found
    wanted, more = statement.spelt_nearly(meant, only_names=found.total > 0)
    rows = _rows(wanted, values | more, narrow)
    return replace(_told(rows, found.places), instead=() if found.total else _said_instead(rows, meant))


def _rows(words: statement.Asked | None, values: dict[str, Any], narrow: Narrow) -> list[tuple[Any, ...]]:
    people, has_places = get_user_model()._meta.db_table, len(values["keys"]) > len(values["reached"])
    with connection.cursor() as cursor:
        cursor.execute(statement.finding(words, narrow=narrow, people=people, has_places=has_places), values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _told(rows: list[tuple[Any, ...]], places: Mapping[str, str]) -> Found:
    total, is_more, kind = rows[0][:3]
    return Found([_hit(row, places) for row in rows] if kind else [], total, is_more=is_more, places=places)


def _said_instead(rows: list[tuple[Any, ...]], meant: list[Meant]) -> tuple[str, ...]:
    """The words that stand in these hits in the place of those that were asked for, as the hits show them: nothing else is told."""
    said: dict[str, None] = {}
    for _total, _is_more, _kind, title, _url, lead, text, *_rest, codes in rows:
        shown = f"{title} {lead} {text}"
        for one, code in zip(meant, codes or [], strict=False):
            if code and (near := one.of(code)):
                said |= dict.fromkeys(word for word in WORD.findall(shown) if plain(word) in near)
    return tuple(list({plain(word): word for word in said}.values())[:MOST_INSTEAD])


def _hit(row: tuple[Any, ...], places: Mapping[str, str]) -> Hit:
    _total, _is_more, kind, title, url, lead, text, at, audience, author, _meant = row
    return Hit(kind, title, url, _marked(lead), _excerpt(text, whole=not lead), at, places.get(audience, ""), author or "")


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
