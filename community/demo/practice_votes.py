"""Votes of the demo on what comes first: one that is over, by link and in the room, and one that is open by link."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from ambassadors.models import User
from practice.models import InstrumentItem, LearningSession, PriorityVote, Voter
from practice.voting import casting, workflow


def vote(held: LearningSession, by: User, said: dict[str, Any]) -> PriorityVote:
    """Open a vote on a closed round, with the ballots and counts that are told of it; over if it `took` so many days."""
    days = said.get("took", 6)
    items = list(InstrumentItem.objects.filter(edition=held.instrument_edition, key__in=said["items"]))
    ballots = said.get("ballots", [])
    terms = workflow.Terms(3, timezone.localdate() + timedelta(days=days), by_link=bool(ballots), by_hands="hands" in said)
    opened = workflow.open_vote(held, terms, by=by, items=items, words=said["own"])
    candidates = list(opened.candidates.values_list("pk", flat=True))
    voters = Voter.objects.filter(vote=opened).select_related("vote").order_by("pk")
    for voter, dots in zip(voters, ballots, strict=False):
        casting.cast(voter, dict(zip(candidates, dots, strict=True)))
    if "hands" in said:
        workflow.count_hands(opened, dict(zip(candidates, said["hands"], strict=True)), by=by)
    if "took" in said:
        workflow.end_vote(opened, by=by)
        assert held.closed_at is not None  # noqa: S101  it has results
        began = held.closed_at + timedelta(days=2)
        ended = began + timedelta(days=days)
        PriorityVote.objects.filter(pk=opened.pk).update(opened_at=began, ends_at=ended, ended_at=ended)
    return opened
