from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.audiences import NOBODY, PARTIES
from foundation.models.token import new_nonce
from practice.models.instrument import InstrumentItem
from practice.models.session import LearningSession, Respondent
from practice.querysets.votes import (
    SETTLING,
    BallotDotsQuerySet,
    BallotQuerySet,
    PriorityVoteQuerySet,
    Secret,
    VoteCandidateQuerySet,
)

MOST_CANDIDATES = 12
MOST_DOTS = 5


class PriorityVote(models.Model):
    """A vote on what to work on first, after a round. Ballots are secret in every round, an open one included.

    It is over when it was ended, or once `ends_at` has passed. A round has one that counts: two nearly equal ones would show, in their
    difference, how somebody voted. One that was taken back shows nothing, and another one may follow it.
    """

    class Status(models.TextChoices):
        """Its road."""

        OPEN = "open", _("open")
        ENDED = "ended", _("over")
        CANCELLED = "cancelled", _("taken back")

    session = models.ForeignKey(LearningSession, models.CASCADE, related_name="votes")
    dots = models.PositiveSmallIntegerField(
        _("dots a person has"), default=3, validators=[MinValueValidator(1), MaxValueValidator(MOST_DOTS)]
    )
    by_link = models.BooleanField(default=False)
    by_hands = models.BooleanField(default=False)
    ends_at = models.DateTimeField(_("until when"))
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN, editable=False)
    because = models.CharField(_("why it is taken back"), max_length=300, blank=True)
    opened_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = PriorityVoteQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"because": PARTIES}
    confidential_history = True

    class Meta:
        verbose_name = _("vote on priorities")
        verbose_name_plural = _("votes on priorities")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["session"], condition=~Q(status="cancelled"), name="priority_vote_one_a_round"),
            models.CheckConstraint(condition=Q(by_link=True) | Q(by_hands=True), name="priority_vote_somehow"),
            models.CheckConstraint(condition=Q(dots__gte=1, dots__lte=MOST_DOTS), name="priority_vote_dots"),
        ]

    def __str__(self) -> str:
        return f"Vote {self.pk} on priorities"

    def get_absolute_url(self) -> str:
        return reverse("practice:vote-detail", args=[self.pk])

    @property
    def is_cancelled(self) -> bool:
        return self.status == self.Status.CANCELLED

    @property
    def is_running(self) -> bool:
        """Whether it is neither over nor taken back."""
        return self.status == self.Status.OPEN and timezone.now() < self.ends_at

    @property
    def is_settled(self) -> bool:
        """Whether it is over and everything is counted: nothing is shown before."""
        if self.status == self.Status.OPEN:
            return timezone.now() >= self.ends_at + SETTLING
        return self.status == self.Status.ENDED


class VoteCandidate(models.Model):
    """One thing to choose: a proof point or principle of the round, or words of one's own. `hands` is what was counted in the room."""

    vote = models.ForeignKey(PriorityVote, models.CASCADE, related_name="candidates")
    item: models.ForeignKey[InstrumentItem | None, InstrumentItem | None] = models.ForeignKey(
        InstrumentItem, models.PROTECT, null=True, related_name="+"
    )
    words = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField()
    hands = models.PositiveSmallIntegerField(null=True)

    objects = VoteCandidateQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"words": PARTIES}

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["vote", "position"], name="vote_candidate_position_once"),
            models.CheckConstraint(
                condition=Q(item=None) & ~Q(words="") | Q(item__isnull=False, words=""), name="vote_candidate_one_thing"
            ),
        ]

    def __str__(self) -> str:
        return f"Candidate {self.pk}"

    @property
    def text(self) -> str:
        return self.item.text if self.item else self.words

    @property
    def code(self) -> str:
        return self.item.code if self.item else ""


class Voter(models.Model):
    """Somebody who was asked to vote, by a link of their own. Nothing here leads to their ballot, nor says whether there is one."""

    vote = models.ForeignKey(PriorityVote, models.CASCADE, related_name="voters")
    respondent = models.ForeignKey(Respondent, models.CASCADE, related_name="+")
    nonce = models.CharField(max_length=32, default=new_nonce, editable=False)

    objects = Secret.as_manager()

    audiences: ClassVar[dict[str, str]] = {"nonce": NOBODY}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["vote", "respondent"], name="practice_voter_once")]

    def __str__(self) -> str:
        return f"Voter {self.pk}"


class Ballot(models.Model):
    """What one person chose. Undated, and numbered without an order; it is found by `key` alone, which only the person's link yields."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    vote = models.ForeignKey(PriorityVote, models.CASCADE, related_name="ballots")
    key = models.CharField(max_length=64, unique=True)

    objects = BallotQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"key": NOBODY}

    def __str__(self) -> str:
        return f"Ballot {self.pk}"


class BallotDots(models.Model):
    """How many dots a ballot gives to one candidate."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="given")
    candidate = models.ForeignKey(VoteCandidate, models.CASCADE, related_name="given")
    dots = models.PositiveSmallIntegerField()

    objects = BallotDotsQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("dots on ballots")
        constraints = [
            models.UniqueConstraint(fields=["ballot", "candidate"], name="ballot_dots_once"),
            models.CheckConstraint(condition=Q(dots__gte=1, dots__lte=MOST_DOTS), name="ballot_dots_some"),
        ]

    def __str__(self) -> str:
        return f"Dots {self.pk}"
