"""Who would suit a newcomer as their buddy, and why. Pure: of the same people and day it always says the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

LIKES_A_HAND, AT_HOME, GETS_ALONG = "likes a hand", "at home", "gets along"
AWAKE = 12  # hours of the day in which one may reach somebody: from eight to eight
NEAR, WITHIN_REACH = 8, 4  # hours of these that two have in common
LATELY = 60  # days: who was given a newcomer since then was asked lately
NEVER_OVERRULED = frozenset({"not a member", "blocked", "no words", "stopped", "pausing", "away", "themselves"})


@dataclass(frozen=True)
class Profile:
    """What is known of somebody who may be matched. An empty field was not said."""

    key: int
    name: str
    topics: frozenset[str] = frozenset()
    languages: tuple[str, ...] = ()
    comfort: str = ""
    sector: str = ""
    roles: frozenset[str] = frozenset()
    place: str = ""
    country: str = ""
    zone: str = "UTC"


@dataclass(frozen=True)
class Candidate:
    """Somebody who offered to welcome newcomers, and what stands in the way today. `key` is that of the offer."""

    key: int
    profile: Profile
    offered_on: date
    capacity: int = 2
    load: int = 0
    asked_on: date | None = None
    is_offering: bool = True
    is_member: bool = True
    is_pausing: bool = False
    is_away: bool = False
    has_words: bool = True
    blocked_with: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Reason:
    """One thing that speaks for a pair: its name, and what it speaks of."""

    name: str
    of: tuple[str, ...] = ()
    points: int = field(default=0, compare=False)

    def as_data(self) -> dict[str, object]:
        """What a match keeps of it."""
        return {"name": self.name, "of": list(self.of)}


@dataclass(frozen=True)
class Suggestion:
    """A buddy for a newcomer, with the reasons that speak for it."""

    buddy: Candidate
    points: int
    reasons: tuple[Reason, ...]


def suggest(newcomer: Profile, pool: Sequence[Candidate], today: date) -> list[Suggestion]:
    """Return those of the pool who may welcome the newcomer, the best first; of equals, who has waited longest for somebody."""
    able = (one for one in pool if not hindrances(newcomer, one))
    return sorted((_suggestion(newcomer, one, today) for one in able), key=_order)


def hindrances(newcomer: Profile, one: Candidate) -> list[str]:
    """Return the names of the rules by which `one` is not suggested for the newcomer."""
    both_like_a_hand = newcomer.comfort == one.profile.comfort == LIKES_A_HAND
    broken = {
        "themselves": one.profile.key == newcomer.key,
        "not a member": not one.is_member,
        "blocked": newcomer.key in one.blocked_with,
        "stopped": not one.is_offering,
        "pausing": one.is_pausing,
        "away": one.is_away,
        "full": one.load >= one.capacity,
        "no words": not one.has_words,
        "both like a hand": both_like_a_hand,
        "no language": bool(newcomer.languages and one.profile.languages and not _languages(newcomer, one.profile)),
    }
    return [name for name, is_broken in broken.items() if is_broken]


def lacks_words_only(newcomer: Profile, one: Candidate) -> bool:
    """Whether nothing but approved words is missing, which the support team can ask for."""
    return hindrances(newcomer, one) == ["no words"]


def reasons(newcomer: Profile, one: Candidate, today: date) -> tuple[Reason, ...]:
    """Return what speaks for the two, what weighs most first."""
    found = [*_in_common(newcomer, one.profile), *_of_the_day(newcomer, one, today)]
    return tuple(sorted(found, key=lambda reason: -reason.points))


def _suggestion(newcomer: Profile, one: Candidate, today: date) -> Suggestion:
    found = reasons(newcomer, one, today)
    return Suggestion(one, sum(reason.points for reason in found), found)


def _order(suggestion: Suggestion) -> tuple[int, date, int]:
    one = suggestion.buddy
    return (-suggestion.points, one.asked_on or one.offered_on, one.key)


def _in_common(newcomer: Profile, buddy: Profile) -> Iterator[Reason]:
    if topics := newcomer.topics & buddy.topics:
        yield Reason("topics", tuple(sorted(topics)), 3 * min(len(topics), 3))
    if len(languages := _languages(newcomer, buddy)) > 1:
        yield Reason("languages", languages, min(len(languages) - 1, 2))
    if roles := newcomer.roles & buddy.roles:
        yield Reason("roles", tuple(sorted(roles)), 2)
    if newcomer.sector and newcomer.sector == buddy.sector:
        yield Reason("sector", (newcomer.sector,), 1)
    if newcomer.place and (newcomer.place, newcomer.country) == (buddy.place, buddy.country):
        yield Reason("place", (newcomer.place,), 3)
    elif newcomer.country and newcomer.country == buddy.country:
        yield Reason("country", (newcomer.country,), 1)
    if newcomer.comfort == LIKES_A_HAND and buddy.comfort in (AT_HOME, GETS_ALONG):
        yield Reason("comfort", (buddy.comfort,), 3 if buddy.comfort == AT_HOME else 1)


def _of_the_day(newcomer: Profile, one: Candidate, today: date) -> Iterator[Reason]:
    hours = hours_in_common(newcomer.zone, one.profile.zone, today)
    if hours >= WITHIN_REACH:
        yield Reason("hours", (str(hours),), 2 if hours >= NEAR else 1)
    if one.load < 2:
        yield Reason("room", (str(one.load),), 2 - one.load)
    if one.asked_on is None:
        yield Reason("never asked", (), 2)
    elif (today - one.asked_on).days > LATELY:
        yield Reason("not lately", (one.asked_on.isoformat(),), 1)


def _languages(newcomer: Profile, buddy: Profile) -> tuple[str, ...]:
    """The languages of both, as the newcomer writes them."""
    theirs = {language.casefold() for language in buddy.languages}
    return tuple(language for language in newcomer.languages if language.casefold() in theirs)


def hours_in_common(zone: str, other: str, today: date) -> int:
    """Return how many hours from eight to eight the days of two places share, as the clocks stand at noon of `today`."""
    offsets = (datetime.combine(today, time(12), ZoneInfo(name)).utcoffset() for name in (zone, other))
    first, second = (offset.total_seconds() / 3600 if offset else 0.0 for offset in offsets)
    apart = abs(first - second) % 24
    return int(max(0, AWAKE - min(apart, 24 - apart)))
