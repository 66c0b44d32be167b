from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ambassadors.growth.querysets import GrowthStageQuerySet, MilestoneQuerySet
from foundation.audiences import Audience


def half_way_and_target() -> list[int]:
    """What is noticed of a stage unless staff choose otherwise."""
    return [50, 100]


class GrowthStage(models.Model):
    """One goal of gradual growth: so many ambassadors by a date, and no more than the cap before the next stage begins."""

    name = models.CharField(_("name"), max_length=80)
    target = models.PositiveIntegerField(_("ambassadors"), validators=[MinValueValidator(1)])
    by_date = models.DateField(_("by"))
    cap = models.PositiveIntegerField(
        _("and at most"),
        null=True,
        blank=True,
        help_text=_("Once this stage is opened: beyond it, invitations wait until a seat is free. Empty: no cap."),
    )
    marks = ArrayField(
        models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(100)]),
        verbose_name=_("milestones at, in per cent of the goal"),
        default=half_way_and_target,
        help_text=_("Separated by commas. When one is reached, a draft of a milestone waits for the support team."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    opened_at = models.DateTimeField(
        _("opened"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("Of the opened stages, the cap of the largest goal holds. Before the first is opened there is no cap."),
    )

    objects = GrowthStageQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"name": Audience.PUBLIC}

    class Meta:
        verbose_name = _("stage of growth")
        verbose_name_plural = _("growth: stages")
        ordering = ["position", "target"]
        constraints = [
            models.CheckConstraint(
                condition=Q(cap__isnull=True) | Q(cap__gte=F("target")),
                name="growth_cap_is_not_below_the_target",
                violation_error_message=_("The cap is below the goal."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def counts(self) -> list[tuple[int, int]]:
        """Return the milestones of this stage: per cent, and the number of ambassadors that it stands for."""
        return [(percent, -(-self.target * percent // 100)) for percent in sorted(set(self.marks))]


class Milestone(models.Model):
    """A number of ambassadors that was reached, noticed once however often it is reached again."""

    class Status(models.TextChoices):
        """Only `ambassadors.growth.workflow` moves it."""

        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        DISMISSED = "dismissed", _("dismissed")

    count = models.PositiveIntegerField(_("ambassadors"), unique=True)
    reached_on = models.DateField(_("reached on"))
    text = models.CharField(_("what to say of it"), max_length=300)
    stage = models.ForeignKey(
        GrowthStage, models.SET_NULL, null=True, blank=True, related_name="milestones", verbose_name=_("stage")
    )
    status = models.CharField(_("state"), max_length=10, choices=Status.choices, default=Status.DRAFT)

    objects = MilestoneQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"text": Audience.PUBLIC}

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("growth: milestones")
        ordering = ["-reached_on", "-count"]

    def __str__(self) -> str:
        return str(_("%(count)s ambassadors") % {"count": self.count})
