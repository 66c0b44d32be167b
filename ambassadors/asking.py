"""What one asks of the directory: words and choices, each within what the reader may read of a person."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

from django.core.cache import cache
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from ambassadors.models import Ambassador
from ambassadors.querysets import AmbassadorQuerySet
from foundation.audiences import Audience, reached_by
from foundation.models import Place, RoleLabel, Sector, Topic
from foundation.prepared import Late, Rights, prepared
from foundation.publication import VERSION, first_version
from foundation.search import words_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.http import QueryDict
    from django_stubs_ext import StrPromise

    from ambassadors.models import User

LONGEST = 100
KEPT = 60  # seconds: how long a change that the cache was not told of can stay unseen


class Choice(NamedTuple):
    """One thing by which to choose: `word` of `model` stands in addresses, `field` of the profile is the one whose audience counts."""

    label: StrPromise
    nothing: StrPromise
    model: type[models.Model]
    field: str
    word: str = "slug"

    @property
    def path(self) -> str:
        return f"{self.field}__{self.word}"


CHOICES = {
    "topic": Choice(gettext_lazy("Topic"), gettext_lazy("All topics"), Topic, "topics"),
    "sector": Choice(gettext_lazy("Sector"), gettext_lazy("All sectors"), Sector, "sector"),
    "role": Choice(gettext_lazy("Role"), gettext_lazy("All roles"), RoleLabel, "role_labels"),
    "country": Choice(gettext_lazy("Country"), gettext_lazy("All countries"), Place, "place", "country"),
}


class Chip(NamedTuple):
    """One part of the question, and the address of the directory without it."""

    label: str
    url: str


class Shape(NamedTuple):
    """What of a question decides the text of its query: which choices are made, whatever they are."""

    chosen: tuple[str, ...]
    is_available: bool
    is_search: bool


class Select(NamedTuple):
    """A list of words to choose from, of which somebody here has each: `options` are drawn already."""

    name: str
    label: str
    nothing: str
    is_empty: bool
    options: SafeString


@dataclass(frozen=True)
class Question:
    """What somebody looks for. An address holds all of it, so that it can be shared; odd values find nobody and break nothing."""

    text: str = ""
    chosen: Mapping[str, Any] = field(default_factory=dict)
    is_available: bool = False

    @classmethod
    def late(cls, shape: Shape) -> Question:
        """Any question of that shape: its `values` come when the query runs."""
        return cls(chosen={name: Late(name) for name in shape.chosen}, is_available=shape.is_available)

    @classmethod
    def of(cls, query: QueryDict, reader: User | AnonymousUser) -> Question:
        """Read the question from an address. Who is free to be asked is for members to know."""
        given = {name: query.get(name, "").replace("\0", "").strip()[:LONGEST] for name in ("q", *CHOICES)}
        chosen = {name: given[name] for name in CHOICES if given[name]}
        return cls(given["q"], chosen, "available" in query and Audience.MEMBERS in reached_by(reader))

    def __bool__(self) -> bool:
        return bool(self.text or self.chosen or self.is_available)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but words is asked for."""
        return bool(self.chosen) or self.is_available

    @property
    def shape(self) -> Shape:
        return Shape(tuple(self.chosen), self.is_available, bool(self.text))

    @property
    def values(self) -> dict[str, str]:
        """What the query of this shape waits for."""
        return {"text": self.text, **self.chosen}

    @property
    def finds_nobody(self) -> bool:
        """Whether there is nothing in the words that could be looked for."""
        return bool(self.text) and not words_of(self.text)

    @property
    def query(self) -> dict[str, str]:
        """What stands in an address of this question, without what is empty in it."""
        query = {"q": self.text, **self.chosen, "available": "1" if self.is_available else ""}
        return {name: value for name, value in query.items() if value}

    @property
    def url(self) -> str:
        """The address of this question."""
        asked = urlencode(self.query)
        return reverse("ambassadors:ambassador-list") + (f"?{asked}" if asked else "")

    def chosen_from(self, people: AmbassadorQuerySet, reader: User | AnonymousUser) -> AmbassadorQuerySet:
        """Those of `people` whom the choices leave. A field that `reader` may not see of somebody does not answer for them."""
        reach = reached_by(reader)
        for name, value in self.chosen.items():
            choice = CHOICES[name]
            people = people.filter(**{choice.path: value, f"{choice.field}_audience__in": reach})
        return _free_to_be_asked(people, reach) if self.is_available else people

    def chips(self, words: Mapping[tuple[str, str], str]) -> list[Chip]:
        """What is chosen, each with the way to be rid of it."""
        chips = [Chip(f"“{self.text}”", replace(self, text="").url)] if self.text else []
        for name, value in self.chosen.items():
            others = {other: word for other, word in self.chosen.items() if other != name}
            chips.append(Chip(words.get((name, value), value), replace(self, chosen=others).url))
        if self.is_available:
            chips.append(Chip(_("Available now"), replace(self, is_available=False).url))
        return chips

    def selects(self, offered: Offered) -> tuple[Select, ...]:
        """The lists to choose from; one with nothing in it is left out."""
        return _selects(offered, tuple(self.chosen.items()), get_language())


@lru_cache(maxsize=256)
def _selects(offered: Offered, chosen: tuple[tuple[str, str], ...], _language: str | None) -> tuple[Select, ...]:
    found = []
    for name, choice in CHOICES.items():
        value = dict(chosen).get(name, "")
        options = offered.options.get(name, SafeString())
        if value:
            options = _with_selected(options, value)
        if options:
            found.append(Select(name, str(choice.label), str(choice.nothing), not value, options))
    return tuple(found)


def _with_selected(options: SafeString, value: str) -> SafeString:
    """Select one of the drawn options; a value that is none of them is added, so that what is asked for can be seen."""
    plain, selected = (format_html('<option value="{}"{}>', value, mark_safe(mark)) for mark in ("", " selected"))  # noqa: S308  ours
    if plain in options:
        return mark_safe(options.replace(plain, selected, 1))  # noqa: S308  drawn by us
    return options + format_html("{}{}</option>", selected, value)


@dataclass(frozen=True, eq=False)
class Offered:
    """The words that a reader may choose from: by choice and key, and drawn as options. Each is its own key: two are never equal."""

    words: dict[tuple[str, str], str] = field(default_factory=dict)
    options: dict[str, SafeString] = field(default_factory=dict)


def words_offered(reader: User | AnonymousUser) -> Offered:
    """The words that `reader` may see of somebody in the directory: one query, or none until somebody changes anything.

    They are the same for everybody of the same rights. The version was read before they are, as the page cache does it.
    """
    return _offered(Rights.of(reader), cache.get(VERSION) or first_version(), int(time.monotonic() / KEPT))


@lru_cache(maxsize=16)
def _offered(rights: Rights, version: str, minute: int) -> Offered:
    rows = _words.for_all_of(rights)
    options = {
        name: format_html_join("", '<option value="{}">{}</option>', [(key, word) for of, key, word in rows if of == name])
        for name in CHOICES
    }
    return Offered({(name, key): word for name, key, word in rows}, options)


@prepared
def _words(reader: Any) -> models.QuerySet[Any, Any]:
    reach, people = reached_by(reader), Ambassador.objects.listed_to(reader)  # unscoped: narrower than `visible_to`
    lists = [_words_of(name, choice, people, reach) for name, choice in CHOICES.items()]
    return lists[0].union(*lists[1:], all=True).order_by("list", "word")


def _words_of(name: str, choice: Choice, people: AmbassadorQuerySet, reach: set[str]) -> models.QuerySet[Any, Any]:
    bearers = people.filter(**{choice.field: OuterRef("pk"), f"{choice.field}_audience__in": reach})
    terms: models.QuerySet[Any] = choice.model._default_manager.filter(Exists(bearers.order_by())).order_by()
    label = "name" if choice.word == "slug" else choice.word
    terms = terms.exclude(**{choice.word: ""}).annotate(list=Value(name), key=F(choice.word), word=F(label))
    words: models.QuerySet[Any, Any] = terms.values_list("list", "key", "word").distinct()
    return words


def _free_to_be_asked(people: AmbassadorQuerySet, reach: set[str]) -> AmbassadorQuerySet:
    """Those who are here, as far as one may know: who keeps the day of coming back from the reader is not told away by being left out."""
    here = Ambassador.objects.available_on(Late(timezone.now, models.DateTimeField())).values(
        "pk"
    )  # unscoped: it narrows `people`, who are
    return people.filter(Q(pk__in=here) | ~Q(away_until_audience__in=reach), status=Ambassador.Status.ACTIVE)
