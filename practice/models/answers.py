from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.audiences import NOBODY, PARTIES
from practice.models.instrument import InstrumentItem
from practice.models.session import LearningSession, Respondent
from practice.querysets.answers import AnswerQuerySet, SheetQuerySet, TallyQuerySet, WeightQuerySet


class Sheet(models.Model):
    """The answers of one person. Undated, and numbered without an order, as all that hangs on it; in an anonymous session it is found by `key` alone, which only the person's link yields."""

    id = models.UUIDField(
        primary_key=True, default=uuid4, editable=False
    )  # counted numbers would tell in which order people answered
    session = models.ForeignKey(LearningSession, models.CASCADE, related_name="sheets")
    key = models.CharField(max_length=64, unique=True)
    respondent = models.OneToOneField(Respondent, models.CASCADE, null=True, related_name="sheet")
    group = models.CharField(max_length=40, blank=True)

    objects = SheetQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"key": NOBODY, "group": PARTIES}

    def __str__(self) -> str:
        return f"Sheet {self.pk}"


class Answer(models.Model):
    """What one sheet says of one proof point: a place on the scale, or that one does not know, or that it is not theirs."""

    class Instead(models.TextChoices):
        """What is said instead of a place on the scale."""

        DONT_KNOW = "don't know", _("I don't know")
        NOT_OURS = "not ours", _("This is not for us")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="answers")
    item = models.ForeignKey(InstrumentItem, models.PROTECT, related_name="answers")
    value = models.PositiveSmallIntegerField(null=True)
    instead = models.CharField(max_length=10, choices=Instead.choices, blank=True)
    note = models.TextField(_("what you could point at"), max_length=1000, blank=True)

    objects = AnswerQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"note": PARTIES, "instead": PARTIES}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "item"], name="practice_answer_once"),
            models.CheckConstraint(condition=Q(value=None) | Q(instead=""), name="practice_answer_one_thing"),
        ]

    def __str__(self) -> str:
        return f"Answer {self.pk}"


class Weight(models.Model):
    """How much it would matter to one person to get better at a principle."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="weights")
    item = models.ForeignKey(InstrumentItem, models.PROTECT, related_name="weights")
    value = models.PositiveSmallIntegerField()

    objects = WeightQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "item"], name="practice_weight_once")]

    def __str__(self) -> str:
        return f"Weight {self.pk}"


class Tally(models.Model):
    """The counts of a closed round: what may be shown of it, and nothing that may not. Of `practice.results.counting`."""

    session = models.OneToOneField(LearningSession, models.CASCADE, related_name="tally")
    answers = models.JSONField(default=dict)
    weights = models.JSONField(default=dict)

    objects = TallyQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"answers": PARTIES, "weights": PARTIES}

    class Meta:
        verbose_name_plural = _("tallies")

    def __str__(self) -> str:
        return f"Tally of learning session {self.session_id}"
