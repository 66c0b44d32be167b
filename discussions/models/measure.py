from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from discussions.querysets.moderation import MeasureQuerySet
from foundation.audiences import PARTIES


class Measure(models.Model):
    """What two of the support team decide about a person who broke the norms; the person reads the reason, and may appeal once."""

    class Kind(models.TextChoices):
        """From the mildest to the last."""

        WARNING = "warning", _("warning")
        PAUSE = "pause", _("pause")
        REMOVAL = "removal", _("removal")

    class Status(models.TextChoices):
        """Only `discussions.moderation.measures` moves it. Until the second has agreed nothing happens, and the person knows nothing."""

        PROPOSED = "proposed", _("waits for a second person")
        DROPPED = "dropped", _("dropped")
        IN_FORCE = "in force", _("in force")
        ENDED = "ended", _("over")
        LIFTED = "lifted", _("lifted after an appeal")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("person"))
    kind = models.CharField(_("what"), max_length=10, choices=Kind.choices)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PROPOSED)
    reason = models.TextField(_("reason"), max_length=2000)
    until = models.DateField(_("until"), null=True, blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)
    appeal = models.TextField(_("appeal"), max_length=5000, blank=True)
    appealed_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(_("answer to the appeal"), max_length=2000, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = MeasureQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"reason": PARTIES, "appeal": PARTIES, "answer": PARTIES}

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(status="proposed"), name="measure_one_proposed_a_person"),
            models.CheckConstraint(condition=~Q(agreed_by=F("proposed_by")), name="measure_by_two_people"),
            models.CheckConstraint(
                condition=~Q(answered_by=F("proposed_by")) & ~Q(answered_by=F("agreed_by")), name="measure_appeal_by_a_third"
            ),
            models.CheckConstraint(condition=~Q(kind="pause") | Q(until__isnull=False), name="measure_pause_has_an_end"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.person}"

    def get_absolute_url(self) -> str:
        return reverse("discussions:measure-detail", args=[self.pk])

    @property
    def waits_for_answer(self) -> bool:
        """Whether somebody has appealed, and nobody has decided about it."""
        return self.appealed_at is not None and self.answered_at is None
