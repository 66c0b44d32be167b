from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.audiences import PARTIES, Audience
from practice.models.instrument import Instrument
from practice.models.organization import PracticeOrganization
from practice.querysets.benchmark import BenchmarkConsentQuerySet, BenchmarkFigureQuerySet, BenchmarkShareQuerySet


class BenchmarkConsent(models.Model):
    """That an organisation shares one number a principle of an instrument. Withdrawn it stays, without numbers: whoever goes and comes back is counted once."""

    organization = models.ForeignKey(PracticeOrganization, models.CASCADE, related_name="benchmark_consents")
    instrument = models.ForeignKey(Instrument, models.CASCADE, related_name="benchmark_consents")
    words = models.TextField(_("what was agreed to"))
    agreed_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = BenchmarkConsentQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"words": PARTIES}
    confidential_history = True

    class Meta:
        verbose_name = _("consent to a benchmark")
        verbose_name_plural = _("consents to benchmarks")
        constraints = [models.UniqueConstraint(fields=["organization", "instrument"], name="benchmark_consent_once")]

    def __str__(self) -> str:
        return f"Consent {self.pk} to a benchmark"


class BenchmarkFigure(models.Model):
    """The quartiles of one principle, in halves of a place of the scale, frozen as they were worked out. Of `organizations` who shared a number then."""

    instrument = models.ForeignKey(Instrument, models.CASCADE, related_name="benchmark_figures")
    principle = models.SlugField(max_length=60)
    lower = models.DecimalField(max_digits=3, decimal_places=1)
    middle = models.DecimalField(max_digits=3, decimal_places=1)
    upper = models.DecimalField(max_digits=3, decimal_places=1)
    organizations = models.PositiveIntegerField()
    worked_out_at = models.DateTimeField(default=timezone.now)

    objects = BenchmarkFigureQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"principle": Audience.PUBLIC}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["instrument", "principle"], name="benchmark_figure_once")]

    def __str__(self) -> str:
        return f"Benchmark figure {self.pk}"


class BenchmarkShare(models.Model):
    """The number of one organisation on which a figure stands; empty once it shares it no more. Nobody's to read: what has changed is told by it."""

    figure = models.ForeignKey(BenchmarkFigure, models.CASCADE, related_name="shares")
    consent = models.ForeignKey(BenchmarkConsent, models.CASCADE, related_name="shares")
    value = models.DecimalField(max_digits=3, decimal_places=1, null=True)

    objects = BenchmarkShareQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["figure", "consent"], name="benchmark_share_once")]

    def __str__(self) -> str:
        return f"Benchmark share {self.pk}"
