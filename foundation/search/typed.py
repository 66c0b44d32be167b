"""Finding while somebody types: all words but the last as they are, the last one by its beginning; and what is nearly so spelt."""

from __future__ import annotations

import unicodedata
from functools import reduce
from operator import and_
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.lookups import Unaccent
from django.contrib.postgres.search import SearchQuery, TrigramWordSimilarity
from django.db import models
from django.db.models import Value
from django.db.models.functions import Cast, Lower

from foundation.models import SearchEntry
from foundation.prepared import Late, made_of
from foundation.search.registry import keys_of, searchables
from foundation.search.words import CONFIGURATION, WHOLE_WORDS, WORD, Meant, meant_by

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User

MOST_WORDS = 8  # more would only make it slow
NEAR = 0.45  # how much of the names must be there
MOST_NEARLY = 100  # entries that are looked at for a name spelt wrong


def words_of(text: str) -> list[str]:
    """The words that a search looks for: letters and digits, so that nothing typed is an operator."""
    return WORD.findall(unicodedata.normalize("NFC", text))[:MOST_WORDS]


def entries_typed(
    reader: User | AnonymousUser, kind: str, words: list[str] | Late, within: str = ""
) -> models.QuerySet[SearchEntry]:
    """Entries in which `reader` may find all `words`, of which there is one at least; `within` says where: A in titles, B in names, C in texts, empty anywhere."""
    return _entries_for(reader, kind).filter(vector=words_within(words, within))


def entries_like(reader: User | AnonymousUser, kind: str, text: str) -> models.QuerySet[Any]:
    """Entries that `reader` may find of which a name is nearly so spelt, with their `likeness`; the newest of them where they are many.

    What `text` may have meant is asked at once, by one query; the entries by another.
    """
    words = words_of(text)
    meant = meant_by(words, of_its_stem=True) if words else []
    entries = _entries_for(reader, kind)
    if not any(one.near or one.begins_a_name for one in meant):
        return with_likeness(entries.none(), text)
    newest = entries.filter(vector=reduce(and_, map(_names_near, meant))).order_by("-at").values("pk")[:MOST_NEARLY]
    return with_likeness(entries.filter(pk__in=newest), text).filter(likeness__gt=NEAR)


def with_likeness(entries: models.QuerySet[SearchEntry], text: str) -> models.QuerySet[Any]:
    """How near the names of each entry are to `text`, as `likeness`."""
    asked: Any = Lower(Unaccent(Value(text)))
    return entries.annotate(likeness=TrigramWordSimilarity(asked, "names"))


def entries_of(reader: User | AnonymousUser, kind: str, target: models.OuterRef) -> models.QuerySet[SearchEntry]:
    """The entries under which `reader` may find the object of that key."""
    return of_target(_entries_for(reader, kind), kind, target)


def of_target(entries: models.QuerySet[SearchEntry], kind: str, target: models.OuterRef) -> models.QuerySet[SearchEntry]:
    """Those of one object, found by the index that knows each object."""
    type_of = ContentType.objects.get_for_model(searchables[kind].model)  # unscoped: names a model, no row of it
    return entries.filter(target_type=type_of.pk, target_id=Cast(target, models.CharField()))


def _names_near(meant: Meant) -> Any:
    words = " | ".join(f"{word}:AB" for word in (meant.asked, *(one.word for one in meant.near)))
    near: Any = SearchQuery(words, config=CONFIGURATION, search_type="raw")
    return near | SearchQuery(f"{meant.asked}:*AB", config=WHOLE_WORDS, search_type="raw") if meant.begins_a_name else near


def targets(entries: models.QuerySet[SearchEntry]) -> models.QuerySet[Any, Any]:
    """The keys of the objects that the entries speak of, for `pk__in`."""
    return entries.order_by().values(target=Cast("target_id", models.BigIntegerField()))


def _entries_for(reader: User | AnonymousUser, kind: str) -> models.QuerySet[SearchEntry]:
    return SearchEntry.objects.filter(kind=kind, audience__in=sorted(keys_of(reader, kind)))  # unscoped: the keys are the scope


def words_within(words: list[str] | Late, within: str) -> SearchQuery:
    """The query that finds all `words`, the last one perhaps only begun."""
    label = f":{within}" if within else ""
    finished = made_of(words, lambda words: " & ".join(f"{word}{label}" for word in words[:-1]))
    last, begun = made_of(words, lambda words: f"{words[-1]}{label}"), made_of(words, lambda words: f"{words[-1]}:*{within}")
    as_last = SearchQuery(last, config=CONFIGURATION, search_type="raw") | SearchQuery(begun, config=WHOLE_WORDS, search_type="raw")
    return SearchQuery(finished, config=CONFIGURATION, search_type="raw") & as_last
