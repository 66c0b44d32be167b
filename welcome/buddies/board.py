"""What the support team looks at: who waits for a buddy, who is suggested and why, and who else would do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db.models import Count
from django.utils import timezone

from welcome.buddies import matching, pool
from welcome.buddies.reasons import sentences, sentences_of
from welcome.buddies.suggesting import NEVER_OVERRULED, hindrances, lacks_words_only, suggest
from welcome.buddies.workflow import RULES
from welcome.models import BuddyMatch

if TYPE_CHECKING:
    from ambassadors.models import User
    from welcome.buddies.suggesting import Candidate, Profile, Suggestion

MOST = 20  # rows of each part; the number says how many there are
RUNNERS_UP = 2
KEPT_OUT = frozenset({"themselves", "blocked", "not a member"})  # not in the list at all: which of these it is stays untold


@dataclass(frozen=True)
class Line:
    """One of the pool, as a choice for one newcomer: what speaks for it and what against."""

    key: int
    name: str
    reasons: list[str]
    against: list[str]
    may_be_chosen: bool = True


@dataclass(frozen=True)
class Row:
    """One newcomer: the suggestion that waits for the team's word, or nothing so far; others; and who only lacks approved words."""

    newcomer: User
    match: BuddyMatch | None
    reasons: list[str]
    others: list[Line]
    without_words: list[str]


def suggested(viewer: User) -> tuple[list[Row], int]:
    """Return the suggestions that nobody has decided about, the oldest first, and how many there are."""
    rows = BuddyMatch.objects.visible_to(viewer).filter(status="proposed")
    rows = rows.select_related("newcomer__ambassador", "buddy__person").order_by("proposed_at", "pk")
    matches = list(rows[:MOST])
    others = _ranked([match.newcomer for match in matches])
    found = [
        Row(match.newcomer, match, sentences(match.reasons), _runners_up(others[match.newcomer_id].able, match), [])
        for match in matches
    ]
    return found, len(matches) if len(matches) < MOST else rows.count()


def unmatched() -> tuple[list[Row], int]:
    """Return the newcomers for whom nobody is suggested, the newest first, and how many there are."""
    people = matching.waiting()
    shown = list(people.select_related("ambassador")[:MOST])
    ranked = _ranked(shown)
    found = [Row(one, None, [], _lines(ranked[one.pk].able[:RUNNERS_UP]), ranked[one.pk].without_words) for one in shown]
    return found, len(shown) if len(shown) < MOST else people.count()


def by_state(viewer: User) -> list[tuple[str, str, int]]:
    """Return each state with its name and how many matches stand there."""
    rows = BuddyMatch.objects.visible_to(viewer).order_by().values_list("status").annotate(number=Count("pk"))
    numbers: dict[str, int] = dict(rows)
    return [(state.value, str(state.label), numbers.get(state.value, 0)) for state in BuddyMatch.Status]


def choices_for(newcomer: User) -> list[Line]:
    """Return all of the pool for one newcomer: whom the rules let first, then the others with what speaks against each."""
    now = timezone.now()
    profile = pool.profiles([newcomer.pk])[newcomer.pk]
    theirs = set(BuddyMatch.objects.filter(newcomer=newcomer, status="proposed").values_list("buddy", flat=True))
    # Whoever is suggested for this newcomer has room for them: the suggestion itself is not counted.
    everybody = [replace(one, load=one.load - (one.key in theirs)) for one in pool.candidates([newcomer.pk], now)]
    able = _lines(suggest(profile, everybody, timezone.localdate(now)))
    return able + [line for one in everybody if (line := _against(profile, one)) is not None]


@dataclass(frozen=True)
class _Ranked:
    able: list[Suggestion]
    without_words: list[str]


def _ranked(people: Sequence[User]) -> dict[int, _Ranked]:
    """For several newcomers at once, in the same few queries."""
    if not people:
        return {}
    now, keys = timezone.now(), [person.pk for person in people]
    everybody, today = pool.candidates(keys, now), timezone.localdate(now)
    return {
        key: _Ranked(suggest(profile, everybody, today), [one.profile.name for one in everybody if lacks_words_only(profile, one)])
        for key, profile in pool.profiles(keys).items()
    }


def _runners_up(able: list[Suggestion], match: BuddyMatch) -> list[Line]:
    return _lines([one for one in able if one.buddy.key != match.buddy_id][:RUNNERS_UP])


def _lines(able: Sequence[Suggestion]) -> list[Line]:
    return [Line(one.buddy.key, one.buddy.profile.name, sentences_of(one), []) for one in able]


def _against(profile: Profile, one: Candidate) -> Line | None:
    broken: Any = hindrances(profile, one)
    if not broken or KEPT_OUT & set(broken):
        return None
    return Line(one.key, one.profile.name, [], [str(RULES[name]) for name in broken], not NEVER_OVERRULED & set(broken))
