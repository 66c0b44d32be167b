"""Keeping a ballot: one a person, changed as often as one likes until the vote is over."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import connection, transaction
from django.utils import timezone

from foundation.workflow import TransitionRefused
from practice.models import Ballot, BallotDots, PriorityVote, Voter
from practice.voting.link import ballot_key, ballot_of


@transaction.atomic
def cast(voter: Voter, given: Mapping[int, int]) -> None:
    """Keep how many dots somebody gives to candidates, by their keys; what they had given before is replaced.

    Raises TransitionRefused once the vote is over or was taken back, ValueError for dots that one does not have.
    """
    _hold(voter)
    dots = {candidate: number for candidate, number in given.items() if number}
    own = set(voter.vote.candidates.filter(pk__in=dots).values_list("pk", flat=True))
    if not dots or dots.keys() - own or min(dots.values()) < 0 or sum(dots.values()) > voter.vote.dots:
        raise ValueError("these dots are not theirs to give")
    ballot = ballot_of(voter) or Ballot.objects.create(vote=voter.vote, key=ballot_key(voter))
    BallotDots.objects.filter(ballot=ballot).delete()
    BallotDots.objects.bulk_create(
        BallotDots(ballot=ballot, candidate_id=candidate, dots=number) for candidate, number in dots.items()
    )


def given_by(voter: Voter) -> dict[int, int]:
    """How many dots a voter has given so far, by the keys of candidates."""
    ballot = ballot_of(voter)
    return dict(BallotDots.objects.filter(ballot=ballot).values_list("candidate", "dots")) if ballot else {}


def _hold(voter: Voter) -> None:
    # Everybody may vote at once, so they share the row of the vote. Ending it, which wants it alone (`foundation.workflow.apply`), waits
    # for the ballots that are being kept: they count. A ballot that comes after it reads here that it is too late.
    with connection.cursor() as cursor:
        cursor.execute("SELECT status, ends_at FROM practice_priorityvote WHERE id = %s FOR KEY SHARE", [voter.vote_id])
        status, ends_at = cursor.fetchone() or ("", None)
    if status != PriorityVote.Status.OPEN or ends_at is None or timezone.now() >= ends_at:
        raise TransitionRefused(f"{voter} comes too late")
    # Two tabs of one person pass one by one: the second finds the ballot of the first. The unique key stands behind it.
    list(Voter.objects.select_for_update(no_key=True).filter(pk=voter.pk).values("pk"))
