"""Pages by key: the next page begins after a person, not after a number of people, so page 100 costs what page 1 does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from ambassadors.models import Ambassador
from ambassadors.querysets import AmbassadorQuerySet

PEOPLE_A_PAGE = 24


@dataclass(frozen=True)
class PeoplePage:
    """Some people, and the query string of the page after them (empty on the last)."""

    people: list[Ambassador]
    next_query: str = ""
    is_first: bool = True


def page_of(people: AmbassadorQuerySet, *, after: str, is_search: bool = False, **query: str) -> PeoplePage:
    """Cut one page from `people`, who come by name, or by nearness and name when they were searched for.

    `after` is the place where the last page ended: nearness (of a search), sort name and key.
    """
    place = _place(after, is_search=is_search)
    ordered = people.by_nearness() if is_search else people.by_name()
    rows = list((ordered.after(*place) if place else ordered)[: PEOPLE_A_PAGE + 1])
    shown = rows[:PEOPLE_A_PAGE]
    if len(rows) <= PEOPLE_A_PAGE:
        return PeoplePage(shown, is_first=place is None)
    following = {key: value for key, value in query.items() if value} | {"after": _end(shown[-1], is_search=is_search)}
    return PeoplePage(shown, urlencode(following), is_first=place is None)


def _end(last: Any, *, is_search: bool) -> str:
    end = f"{last.user.sort_name}~{last.pk}"
    return f"{last.nearness}~{end}" if is_search else end


def _place(after: str, *, is_search: bool) -> tuple[str, int, int | None] | None:
    """Read the place from an address; whatever is not one means the beginning."""
    nearness, tilde, rest = after.partition("~") if is_search else ("0", "~", after)
    name, _tilde, pk = rest.rpartition("~")
    is_place = bool(tilde) and nearness in {"0", "1", "2"} and pk.isascii() and pk.isdigit() and len(pk) < 19 and "\0" not in name
    return (name, int(pk), int(nearness) if is_search else None) if is_place else None
