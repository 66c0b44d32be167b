from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ambassadors.commitments.querysets import AffirmationQuerySet, CommitmentsEditionQuerySet
from ambassadors.models.ambassador import Ambassador
from foundation.audiences import Audience
from foundation.models import Via


class CommitmentsEdition(models.Model):
    """What everybody here engages to do, as it was worded at one time. A published edition is never changed: a new one replaces it."""

    class Status(models.TextChoices):
        """Only `ambassadors.commitments.workflow` moves it."""

        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")

    number = models.PositiveSmallIntegerField(_("edition"), unique=True)
    change = models.CharField(
        _("what is new in it"), max_length=300, blank=True, help_text=_("A sentence for those who know the edition before.")
    )
    is_material = models.BooleanField(
        _("ask everybody again"),
        default=False,
        help_text=_("For a change of substance: each ambassador is asked once to affirm this edition. A mended comma asks nobody."),
    )
    status = models.CharField(_("state"), max_length=10, choices=Status.choices, default=Status.DRAFT)
    revision = models.PositiveIntegerField(default=1, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = CommitmentsEditionQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"change": Audience.PUBLIC}

    class Meta:
        verbose_name = _("edition of the commitments")
        verbose_name_plural = _("commitments")
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="draft") | Q(published_at__isnull=False), name="commitments_published_have_a_date"
            ),
            models.UniqueConstraint(fields=["status"], condition=Q(status="draft"), name="commitments_one_draft"),
        ]

    def __str__(self) -> str:
        return str(_("Edition %(number)s") % {"number": self.number})

    @property
    def is_draft(self) -> bool:
        """Whether it can still be written."""
        return self.status == self.Status.DRAFT


class Commitment(models.Model):
    """One commitment of an edition."""

    edition = models.ForeignKey(CommitmentsEdition, models.CASCADE, related_name="items")
    text = models.CharField(_("commitment"), max_length=240, help_text=_("Goes on from “I will …”."))
    explanation = models.CharField(_("what it means in practice"), max_length=400, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    audiences: ClassVar[dict[str, str]] = {"text": Audience.PUBLIC, "explanation": Audience.PUBLIC}

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text


class Affirmation(models.Model):
    """What an ambassador answered to an edition, and when."""

    class Answer(models.TextChoices):
        """Only `ambassadors.commitments.workflow` moves it."""

        AFFIRMED = "affirmed", _("affirmed")
        NOT_NOW = "not now", _("set aside")

    ambassador = models.ForeignKey(Ambassador, models.CASCADE, related_name="affirmations")
    edition = models.ForeignKey(CommitmentsEdition, models.PROTECT, related_name="affirmations", verbose_name=_("edition"))
    answer = models.CharField(_("answer"), max_length=8, choices=Answer.choices)
    at = models.DateTimeField(_("on"), default=timezone.now)
    via = models.CharField(_("through"), max_length=10, choices=Via.choices, default=Via.WEB)

    objects = AffirmationQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {}

    class Meta:
        verbose_name = _("affirmation")
        verbose_name_plural = _("affirmations")
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["ambassador", "edition"], name="affirmation_one_per_edition")]

    def __str__(self) -> str:
        return f"{self.ambassador}, {self.edition}: {self.get_answer_display()}"
