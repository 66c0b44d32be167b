"""Pages by key: the next page begins after a person, not after a number of people, so page 100 costs what page 1 does."""

from __future__ import annotations

from dataclasses import dataclass
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


def page_of(people: AmbassadorQuerySet, *, after: str, **query: str) -> PeoplePage:
    """Cut one page from `people`, which come by name. `after` is the place where the last page ended: sort name and key."""
    place = _place(after)
    rows = list((people.after(*place) if place else people)[: PEOPLE_A_PAGE + 1])
    shown = rows[:PEOPLE_A_PAGE]
    if len(rows) <= PEOPLE_A_PAGE:
        return PeoplePage(shown, is_first=place is None)
    last = shown[-1]
    following = {key: value for key, value in query.items() if value} | {"after": f"{last.user.sort_name}~{last.pk}"}
    return PeoplePage(shown, urlencode(following), is_first=place is None)


def _place(after: str) -> tuple[str, int] | None:
    """Read the place from an address; whatever is not one means the beginning."""
    name, _tilde, pk = after.rpartition("~")
    is_place = pk.isascii() and pk.isdigit() and len(pk) < 19 and "\0" not in name
    return (name, int(pk)) if is_place else None
