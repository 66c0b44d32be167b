"""Who looks together: suggested on purpose, with the reasons, and the same for the same people. Pure: nothing here asks the database.

Two people who would both like a hand with websites are never suggested: nobody would be there to lend one. Whoever has not said how they
get on is taken for neither the one nor the other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

HAND, ALONG, HOME = "likes a hand", "gets along", "at home"
ANY, OTHER, SAME = "", "other", "same"

COMPLEMENTS, LENDS_A_HAND, ONE_TEAM, TWO_TEAMS, ONE_PLACE = "complements", "lends a hand", "one team", "two teams", "one place"
AS_IT_COMES = "as it comes"
COMFORT = {frozenset({HAND, HOME}): (COMPLEMENTS, 8), frozenset({HAND, ALONG}): (LENDS_A_HAND, 5)}
TEAM_POINTS = 6
PLACE_POINTS = 1

Apart = Collection[frozenset[int]]
NOBODY_APART: Apart = frozenset()


@dataclass(frozen=True)
class Looker:
    """What a suggestion knows of somebody."""

    pk: int
    name: str
    comfort: str = ""
    team: int | None = None
    place: str = ""


@dataclass(frozen=True)
class Suggestion:
    """People who could look together, and why: names of the reasons."""

    people: tuple[Looker, ...]
    points: int
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Pairing:
    """The pairs that are suggested, and who is left: they need somebody else, or an exception with a reason."""

    pairs: tuple[Suggestion, ...]
    alone: tuple[Looker, ...] = ()


def both_like_a_hand(people: Iterable[Looker]) -> bool:
    """Whether more than one of them would like a hand."""
    return sum(one.comfort == HAND for one in people) > 1


def may_look_together(people: Sequence[Looker], apart: Apart = NOBODY_APART) -> bool:
    """Whether these people can be suggested to each other; `apart` are those who rather are not."""
    return not both_like_a_hand(people) and not any(
        frozenset({one.pk, other.pk}) in apart for one, other in combinations(people, 2)
    )


def suggest(people: Sequence[Looker], teams: str = ANY, apart: Apart = NOBODY_APART) -> Pairing:
    """Return pairs of all these people, and one group of three where their number is odd.

    Those who would like a hand come first, so that whoever can lend one is not spent on somebody who needs none.
    """
    left = sorted(people, key=lambda one: one.pk)
    pairs: list[Suggestion] = []
    for wants_hand in (True, False):
        while found := _best(left, teams, apart, wants_hand=wants_hand):
            pairs.append(found)
            left = [one for one in left if one not in found.people]
    if len(left) == 1 and pairs and (third := join(left[0], [pair.people for pair in pairs], teams, apart)) is not None:
        joined = third.people[:-1]
        pairs = [third if pair.people == joined else pair for pair in pairs]
        left = []
    return Pairing(tuple(pairs), tuple(left))


def partner(lone: Looker, waiting: Sequence[Looker], teams: str = ANY, apart: Apart = NOBODY_APART) -> Suggestion | None:
    """Return who of those who wait would look together with somebody who was left alone; None when nobody can."""
    others = (one for one in waiting if one.pk != lone.pk and may_look_together((lone, one), apart))
    candidates = [_group(lone, one, teams=teams) for one in others]
    return min(candidates, key=_order, default=None)


def join(lone: Looker, pairs: Iterable[tuple[Looker, ...]], teams: str = ANY, apart: Apart = NOBODY_APART) -> Suggestion | None:
    """Return the pair to which somebody could come as a third; the newcomer stands last. None where none can take them."""
    room = (pair for pair in pairs if len(pair) == 2 and may_look_together((*pair, lone), apart))
    found = [_group(*pair, lone, teams=teams) for pair in room]
    return min(found, key=_order, default=None)


def _best(people: Sequence[Looker], teams: str, apart: Apart, *, wants_hand: bool) -> Suggestion | None:
    allowed = (two for two in combinations(people, 2) if may_look_together(two, apart))
    asked = (two for two in allowed if not wants_hand or HAND in {one.comfort for one in two})
    return min((_group(*two, teams=teams) for two in asked), key=_order, default=None)


def _group(*people: Looker, teams: str) -> Suggestion:
    """Of three, what the last one brings counts beside what the two had."""
    told = [_between(one, other, teams) for one, other in combinations(people, 2)]
    reasons = tuple(dict.fromkeys(reason for found in told for reason, _points in found)) or (AS_IT_COMES,)
    return Suggestion(people, sum(points for found in told for _reason, points in found), reasons)


def _between(one: Looker, other: Looker, teams: str) -> list[tuple[str, int]]:
    found = []
    if (comfort := COMFORT.get(frozenset({one.comfort, other.comfort}))) is not None:
        found.append(comfort)
    if teams == SAME and one.team is not None and one.team == other.team:
        found.append((ONE_TEAM, TEAM_POINTS))
    if teams == OTHER and None not in {one.team, other.team} and one.team != other.team:
        found.append((TWO_TEAMS, TEAM_POINTS))
    if one.place and one.place == other.place:
        found.append((ONE_PLACE, PLACE_POINTS))
    return found


def _order(found: Suggestion) -> tuple[int, list[int]]:
    """Most points first; of as many, whoever is here longest."""
    return -found.points, [one.pk for one in found.people]
