"""Newcomers and buddies as the two, and the team, find them on their pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from ambassadors.models import Ambassador
from ambassadors.privacy import ProfileCard, card_for
from welcome.buddies import hooks, pool, reasons
from welcome.models import BuddyMatch, Onboarding
from welcome.onboarding.workflow import LASTS

if TYPE_CHECKING:
    from ambassadors.models import User
    from welcome.buddies.hooks import Hook
    from welcome.buddies.suggesting import Suggestion

S = BuddyMatch.Status
BEGUN = (S.WELCOMED, S.TOGETHER)
PEOPLE = ("newcomer__ambassador__organization", "buddy__person__ambassador__organization", "thread")
MOST = 50


@dataclass(frozen=True)
class Pair:
    """One match as one of its two sees it. `hooks` are for the buddy, as long as they have not written."""

    match: BuddyMatch
    card: ProfileCard
    hooks: tuple[Hook, ...] = ()

    @property
    def is_on_its_way(self) -> bool:
        """Whether the welcome has not left yet."""
        return self.match.status == S.CONFIRMED


@dataclass(frozen=True)
class Quiet:
    """A newcomer whose buddy was reminded in vain, and the one who would suit best."""

    match: BuddyMatch
    suggestion: Suggestion | None

    @property
    def name(self) -> str:
        """Of whoever would suit."""
        return self.suggestion.buddy.profile.name if self.suggestion else ""

    @property
    def reasons(self) -> list[str]:
        """Why, in sentences for the team."""
        return reasons.sentences_of(self.suggestion) if self.suggestion else []


def own_buddy(reader: User) -> Pair | None:
    """The reader's own buddy, once the two were told of each other."""
    mine = BuddyMatch.objects.visible_to(reader).filter(newcomer=reader, status__in=BEGUN, buddy__isnull=False)
    match = mine.select_related(*PEOPLE).first()
    return Pair(match, card_for(reader, match.buddy.person.ambassador)) if match and match.buddy else None


def is_waiting(reader: User) -> bool:
    """Whether somebody is being found for the reader, whose first weeks these are; their list of steps may be settled long before."""
    first_weeks = Onboarding.objects.visible_to(reader).filter(person=reader, began_at__gt=timezone.now() - LASTS)
    return first_weeks.exists()


def newcomers_of(reader: User) -> list[Pair]:
    """Those whom the reader welcomes, whose welcome is on its way or has left."""
    states = [S.CONFIRMED, *BEGUN]
    rows = BuddyMatch.objects.visible_to(reader).filter(buddy__person=reader, status__in=states)
    found = list(rows.select_related("newcomer", "thread").order_by("-confirmed_at", "-pk")[:MOST])
    people = [reader.pk, *(match.newcomer_id for match in found)] if found else []
    # unscoped: the reader is told of them by the match
    profiles = {one.user_id: one for one in Ambassador.objects.with_card().filter(user__in=people)}
    return [_pair_of(reader, match, profiles) for match in found if match.newcomer_id in profiles]


def _pair_of(reader: User, match: BuddyMatch, profiles: dict[int, Ambassador]) -> Pair:
    newcomer = profiles[match.newcomer_id]
    found = hooks.between(newcomer, profiles[reader.pk]) if match.status == S.WELCOMED and reader.pk in profiles else []
    return Pair(match, card_for(reader, newcomer), tuple(found))


def quiet(reader: User) -> list[Quiet]:
    """For the team: the matches that were laid before it, who waits longest first, each with whoever would suit best."""
    rows = BuddyMatch.objects.visible_to(reader).filter(status=S.WELCOMED, offered_at__isnull=False)
    found = list(rows.select_related("newcomer", "buddy__person").order_by("offered_at", "pk")[:MOST])
    if not found:
        return []
    earlier = _buddies_so_far([match.newcomer_id for match in found])
    suggestions = pool.suggestions_for_each([match.newcomer for match in found])
    return [Quiet(match, _best(match.newcomer_id, suggestions[match.newcomer_id], earlier)) for match in found]


def _buddies_so_far(newcomers: list[int]) -> set[tuple[int, int | None]]:
    rows = BuddyMatch.objects.filter(newcomer__in=newcomers)  # unscoped: whoever was theirs before is not suggested again
    return set(rows.values_list("newcomer", "buddy"))


def _best(newcomer: int, suggestions: list[Suggestion], earlier: set[tuple[int, int | None]]) -> Suggestion | None:
    return next((one for one in suggestions if (newcomer, one.buddy.key) not in earlier), None)
