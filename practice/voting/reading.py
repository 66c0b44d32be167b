"""What came of a vote. Dots on ballots are read through `BallotDots.objects.shown` alone; hands are shown beside them, never added."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Sum

from practice.models import Ballot, BallotDots, InstrumentItem, LearningSession, PriorityVote, VoteCandidate

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User

PLACES = 3  # so many come first, and whoever shares the last of these places


@dataclass(frozen=True)
class Standing:
    """One candidate: its dots on ballots and from the room, each None where there is nothing to show, and its place among all."""

    candidate: VoteCandidate
    dots: int | None
    hands: int | None
    place: int = 0
    is_tied: bool = False
    share: str = "0"

    @property
    def figure(self) -> int:
        """By which they are ordered."""
        return (self.hands or 0) if self.dots is None else self.dots


@dataclass(frozen=True)
class Outcome:
    """All candidates, the first one first. `people` voted by link; None where they are too few, or it is not over."""

    vote: PriorityVote
    rows: tuple[Standing, ...]
    people: int | None

    @property
    def has_dots(self) -> bool:
        return self.people is not None

    @property
    def has_hands(self) -> bool:
        return any(row.hands is not None for row in self.rows)

    @property
    def is_shown(self) -> bool:
        return self.has_dots or self.has_hands

    @property
    def priorities(self) -> list[Standing]:
        """The first places."""
        return [row for row in self.rows if row.figure and row.place <= PLACES] if self.is_shown else []


def vote_of(user: User | AnonymousUser, session: LearningSession) -> PriorityVote | None:
    """Return the vote of a round that counts, if there is one."""
    rows = PriorityVote.objects.visible_to(user).counting().filter(session=session)
    found: PriorityVote | None = rows.select_related("session").first()
    return found


def outcome_of(vote: PriorityVote) -> Outcome | None:
    """Return what came of a vote; None before it is over."""
    if not vote.is_settled:
        return None
    candidates = list(vote.candidates.select_related("item"))
    people = Ballot.objects.turnout(vote)
    dots: Counter[int] = Counter()
    if people is not None:
        shown = BallotDots.objects.shown(vote).order_by().values_list("candidate")
        dots.update(dict(shown.annotate(all=Sum("dots"))))
    rows = [Standing(one, dots[one.pk] if people is not None else None, one.hands) for one in candidates]
    return Outcome(vote, tuple(_placed(rows)), people)


def outcome_of_round(session: LearningSession) -> Outcome | None:
    """Return what came of the vote of a round; None where there is none, or it is not over."""
    vote = PriorityVote.objects.counting().filter(session=session).select_related("session").first()
    return outcome_of(vote) if vote else None


def has_enough(vote: PriorityVote) -> bool:
    """Whether as many have voted by link as must, for the dots to be shown. No number: one that grows would tell who votes at that moment."""
    return vote.by_link and Ballot.objects.turnout(vote) is not None


def priorities_before(user: User | AnonymousUser, session: LearningSession) -> list[Standing]:
    """Return what the organisation put first, the last time that it voted before this round."""
    earlier = PriorityVote.objects.visible_to(user).settled().before(session).select_related("session")
    last = earlier.first()
    outcome = outcome_of(last) if last else None
    return outcome.priorities if outcome else []


def promised_from(user: User | AnonymousUser, session: LearningSession, asked: str) -> dict[str, Any]:
    """Return what an action made of a priority begins with: `asked` is the key of its candidate, as an address has it."""
    if not asked.isdecimal() or len(asked) > 18:
        return {}
    rows = VoteCandidate.objects.visible_to(user).filter(vote__session=session, pk=int(asked)).select_related("item")
    found = rows.first()
    if found is None:
        return {}
    is_point = found.item is not None and found.item.level == InstrumentItem.Level.PROOF_POINT
    return {"words": found.text[:300], "item": found.item_id if is_point else None}


def _placed(rows: list[Standing]) -> list[Standing]:
    """In their order, those of one count sharing a place."""
    counts = Counter(row.figure for row in rows)
    most = max(counts, default=0) or 1
    ordered = sorted(rows, key=lambda row: (-row.figure, row.candidate.position))
    return [
        Standing(
            row.candidate,
            row.dots,
            row.hands,
            place=1 + sum(other.figure > row.figure for other in rows),
            is_tied=counts[row.figure] > 1 and row.figure > 0,
            share=f"{100 * row.figure / most:.2f}",
        )
        for row in ordered
    ]
