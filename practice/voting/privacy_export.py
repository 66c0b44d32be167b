"""Votes are the organisation's, and ballots nobody's: no archive of a person holds them."""

from __future__ import annotations

from foundation.privacy_export import exempt

for name in ("PriorityVote", "VoteCandidate"):
    exempt.add(f"practice.{name}", "what an organisation votes on: fetched and erased by its administrator, not by an account here")
for name in ("Voter", "Ballot", "BallotDots"):
    exempt.add(f"practice.{name}", "a secret ballot: no row says whose it is, and it goes with the organisation's round")
