"""Canaries of a vote: what is voted on is read by whoever runs the round; of ballots nobody reads whose they are."""

from __future__ import annotations

from practice.models import LearningSession
from practice.voting import workflow
from tests.leaks import Garden
from tests.practice import voting


def plant(garden: Garden, held: LearningSession) -> None:
    """In a closed round of the ambassador's: a vote that is taken back, and one that is open."""
    ada = garden.cast.ambassador
    back = voting.opened(ada, held)
    workflow.cancel_vote(back, by=ada, because=garden.canary("practice.PriorityVote.because", "ambassador"))
    vote = voting.opened(ada, held, own=[garden.canary("practice.VoteCandidate.words", "ambassador")])
    voting.cast(vote, (1, 1, 1))
    vote.ballots.update(key=garden.canary("practice.Ballot.key"))
    voter = voting.voters(vote)[1]
    voter.nonce = garden.canary("practice.Voter.nonce")
    voter.save(update_fields=["nonce"])
    garden.pages += [back.get_absolute_url(), vote.get_absolute_url()]
