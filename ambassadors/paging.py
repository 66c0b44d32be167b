"""Pages by key: the next page begins after a person, not after a number of people, so page 100 costs what page 1 does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from ambassadors.asking import Question, Shape
from ambassadors.models import Ambassador
from ambassadors.privacy import PersonRow
from foundation.prepared import Late, prepared
from foundation.search import words_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from ambassadors.models import User
    from ambassadors.querysets import AmbassadorQuerySet

PEOPLE_A_PAGE = 24
MOST_COUNTED = 1000


@dataclass(frozen=True)
class PeoplePage:
    """Some people, and the query string of the page after them (empty on the last)."""

    people: list[PersonRow]
    next_query: str = ""
    is_first: bool = True


def page_of(asked: Question, reader: User | AnonymousUser, *, after: str) -> PeoplePage:
    """Cut one page from those whom `asked` finds for `reader`: by name, or by nearness and name when they were searched for.

    `after` is the place where the last page ended: nearness (of a search), sort name and key.
    """
    place = _place(after, is_search=bool(asked.text))
    found = [] if asked.finds_nobody else _page(reader, asked.shape, bool(place), **asked.values, **place)
    rows = [PersonRow.of(row) for row in found]
    shown = rows[:PEOPLE_A_PAGE]
    if len(rows) <= PEOPLE_A_PAGE:
        return PeoplePage(shown, is_first=not place)
    following = asked.query | {"after": _end(shown[-1], is_search=bool(asked.text))}
    return PeoplePage(shown, urlencode(following), is_first=not place)


def number_of(asked: Question, reader: User | AnonymousUser) -> int:
    """How many there are on all pages, of whom one more than a thousand are counted."""
    return 0 if asked.finds_nobody else _counted.number(reader, asked.shape, **asked.values)


def chosen_by(asked: Question, reader: Any) -> AmbassadorQuerySet:
    """Of all whom `reader` finds in the directory, those whom the choices of `asked` leave, whatever its words are."""
    return asked.chosen_from(Ambassador.objects.listed_to(reader), reader)  # unscoped: narrower than `visible_to`


@prepared
def _page(reader: Any, shape: Shape, is_later: bool) -> QuerySet[Any, Any]:
    people = _found(reader, shape)
    people = people.by_nearness() if shape.is_search else people.by_name()
    if is_later:
        people = people.after(Late("sort_name"), Late("pk"), Late("nearness") if shape.is_search else None)
    return people.as_rows()[: PEOPLE_A_PAGE + 1]


@prepared
def _counted(reader: Any, shape: Shape) -> QuerySet[Any, Any]:
    return _found(reader, shape).order_by().values_list("pk")[: MOST_COUNTED + 1]


def _found(reader: Any, shape: Shape) -> AmbassadorQuerySet:
    people = chosen_by(Question.late(shape), reader)
    return people.matching(Late("text", then=words_of, decides=True), reader) if shape.is_search else people


def _end(last: PersonRow, *, is_search: bool) -> str:
    end = f"{last.sort_name}~{last.pk}"
    return f"{last.nearness}~{end}" if is_search else end


def _place(after: str, *, is_search: bool) -> dict[str, str | int]:
    """Read the place from an address; whatever is not one means the beginning, and is empty."""
    nearness, tilde, rest = after.partition("~") if is_search else ("0", "~", after)
    name, _tilde, pk = rest.rpartition("~")
    is_place = bool(tilde) and nearness in {"0", "1", "2"} and pk.isascii() and pk.isdigit() and len(pk) < 19 and "\0" not in name
    return {"sort_name": name, "pk": int(pk), "nearness": int(nearness)} if is_place else {}
