"""Finding: one query, in which the reader's keys are the scope."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db import connection
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from foundation.audiences import reached_by
from foundation.search import statement
from foundation.search.indexing import CONFIGURATION
from foundation.search.registry import places_of, searchables
from foundation.search.typed import words_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User

MOST_RANKED = 1000
LATELY = timedelta(days=100)  # where that holds more hits than are ranked, what is older is not looked at
LONGEST_QUERY = 200


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

    `places` are those that the reader may choose from, by their keys.
    """

    hits: list[Hit]
    total: int
    is_more: bool
    places: Mapping[str, str] = field(default_factory=dict)


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

    It takes one query, and a second one for names nearly so spelt where less than a page was found; beside those that tell the reader's keys.
    """
    narrow = Narrow(kind) if narrow is None else narrow
    is_placed = narrow.kind not in searchables or searchables[narrow.kind].in_places
    places = places_of(reader) if is_placed else {}
    words = words.replace("\0", " ").strip()[:LONGEST_QUERY]
    if not words and not narrow.is_enough:
        return Found([], 0, is_more=False, places=places)
    reached = reached_by(reader)
    values = {
        **vars(narrow),
        "words": words,
        "keys": sorted(reached | set(places)),
        "reached": sorted(reached),
        "author": " & ".join(f"{word}:*A" for word in words_of(narrow.author)),
        "configuration": CONFIGURATION,
    }
    values |= {"most": MOST_RANKED, "size": size, "start": (page - 1) * size, "lately": timezone.now() - LATELY}
    rows = _rows(values, narrow)
    if words and (not rows or rows[0][0] < size):
        rows = _rows(values, narrow, also_like=True)
    return Found([_hit(row, places) for row in rows], rows[0][0] if rows else 0, is_more=bool(rows and rows[0][1]), places=places)


def _rows(values: dict[str, Any], narrow: Narrow, *, also_like: bool = False) -> list[tuple[Any, ...]]:
    asked = statement.asked(
        has_words=bool(values["words"]),
        narrow=narrow,
        people=get_user_model()._meta.db_table,
        has_places=len(values["keys"]) > len(values["reached"]),
        also_like=also_like,
    )
    with connection.cursor() as cursor:
        cursor.execute(asked, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _hit(row: tuple[Any, ...], places: Mapping[str, str]) -> Hit:
    _total, _is_more, kind, title, url, lead, text, at, audience, author = row
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
