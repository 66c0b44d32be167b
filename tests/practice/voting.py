"""Builders for votes: a closed round, what is voted on, and ballots."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from ambassadors.models import User
from practice.models import LearningSession, PriorityVote, VoteCandidate, Voter
from practice.voting import casting, workflow
from practice.voting.link import url_of
from tests.practice import practising

POINT, PRINCIPLE, OWN = "list-is-open", "lend-safely", "A party for those who lend"


def closed_round(by: User, people: int = 6, **more) -> LearningSession:
    """Two camps about the list; to lend safely matters much and is little so."""
    held = practising.session(by, people=people, **more)
    said = {POINT: [1, 1, 1, 4, 4, 4][:people], "rule-is-written": [4] * people, "boats-are-checked": [1] * people}
    practising.answered(held, said, weights={"lend-safely": [3] * people})
    return practising.closed(held, by)


def terms(*, dots: int = 3, days: int = 7, by_link: bool = True, by_hands: bool = False) -> workflow.Terms:
    return workflow.Terms(dots, timezone.localdate() + timedelta(days=days), by_link, by_hands)


def opened(
    by: User, held: LearningSession | None = None, *, keys: Sequence[str] = (POINT, PRINCIPLE), own: Sequence[str] = (OWN,), **how
) -> PriorityVote:
    """A vote of a closed round."""
    held = held or closed_round(by)
    items = [practising.item(held.instrument_edition, key) for key in keys]
    return workflow.open_vote(held, terms(**how), by=by, items=items, words=list(own))


def voters(vote: PriorityVote) -> list[Voter]:
    return list(Voter.objects.filter(vote=vote).select_related("vote__session", "respondent").order_by("pk"))


def candidates(vote: PriorityVote) -> list[VoteCandidate]:
    return list(vote.candidates.order_by("position"))


def cast(vote: PriorityVote, *ballots: Sequence[int]) -> None:
    """The n-th voter gives the n-th ballot: dots for each candidate in their order."""
    chosen = candidates(vote)
    for voter, dots in zip(voters(vote), ballots, strict=False):
        casting.cast(voter, {one.pk: number for one, number in zip(chosen, dots, strict=True)})


def address(voter: Voter, page: str = "") -> str:
    return url_of(voter).removeprefix("http://localhost") + page
