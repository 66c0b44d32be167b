"""Whose a vote is: as its round. Ballots are nobody's to look at: whoever gave one reads it by their link, everybody else what is `shown`."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, Q
from django.utils import timezone

from practice.querysets.actions import OfSession

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User
    from practice.models import LearningSession, PriorityVote

# A ballot that is being kept as the last day ends is there before anything is shown: no transaction rests for half as long (settings).
SETTLING = timedelta(minutes=2)


class PriorityVoteQuerySet(OfSession):
    """Votes on what comes first."""

    def counting(self) -> Self:
        """Those that were not taken back."""
        return self.exclude(status="cancelled")

    def settled(self) -> Self:
        """Those that are over, and of which everything is counted."""
        return self.filter(Q(status="ended") | Q(status="open", ends_at__lte=timezone.now() - SETTLING))

    def before(self, session: LearningSession) -> Self:
        """Those of earlier rounds of the organisation, the newest round first."""
        rows = self.filter(session__organization=session.organization_id, session__number__lt=session.number)
        return rows.order_by("-session__number")


class VoteCandidateQuerySet(models.QuerySet):
    """What is voted on."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """That of votes of sessions that `user` runs."""
        from practice.models import PriorityVote  # deferred: the models take their querysets from here

        return self.filter(vote__in=PriorityVote.objects.visible_to(user))


class Secret(models.QuerySet):
    """Rows that are shown to nobody."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Nobody's to look at."""
        return self.none()


class BallotQuerySet(Secret):
    """Ballots."""

    def turnout(self, vote: PriorityVote) -> int | None:
        """How many have voted; None while they are fewer than the minimum of the round."""
        count = self.filter(vote=vote).count()
        return count if count >= vote.session.minimum else None


class BallotDotsQuerySet(Secret):
    """Dots on ballots."""

    def shown(self, vote: PriorityVote) -> Self:
        """Those of a vote that is over, where the minimum of its round or more have voted. The threshold stands here, in SQL."""
        from practice.models import Ballot  # deferred: likewise

        if not vote.is_settled:
            return self.none()
        of_vote = Ballot.objects.filter(vote=vote).values("vote")
        enough = of_vote.annotate(people=Count("pk")).filter(people__gte=vote.session.minimum).values("vote")
        return self.filter(ballot__vote__in=enough)
