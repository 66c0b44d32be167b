from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.audiences import PARTIES
from foundation.models import Via
from welcome.querysets import OnboardingQuerySet, OnboardingStepQuerySet


class Onboarding(models.Model):
    """Somebody's first weeks. They open no door and close none: whoever skips everything is as much at home as everybody else."""

    confidential_history = True

    class Status(models.TextChoices):
        """Only `welcome.onboarding.workflow` moves it."""

        OPEN = "open", _("open")
        DONE = "done", _("each step done or skipped")
        OVER = "over", _("the time has passed")

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="onboarding", verbose_name=_("person"))
    status = models.CharField(_("state"), max_length=4, choices=Status.choices, default=Status.OPEN)
    began_at = models.DateTimeField(_("begun"), default=timezone.now)
    ended_at = models.DateTimeField(_("over since"), null=True, blank=True)
    reminded = models.PositiveSmallIntegerField(_("reminders sent"), default=0)
    reminded_at = models.DateTimeField(null=True, blank=True)
    not_before = models.DateTimeField(null=True, blank=True, help_text=_("the person said “later”: no reminder before then"))

    objects = OnboardingQuerySet.as_manager()

    class Meta:
        verbose_name = _("first weeks of a newcomer")
        verbose_name_plural = _("welcome: newcomers by month")
        ordering = ["-began_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(reminded__lte=2), name="onboarding_two_reminders_at_most"),
            models.CheckConstraint(condition=Q(status="open") ^ Q(ended_at__isnull=False), name="onboarding_ended_has_a_date"),
        ]
        indexes = [models.Index(fields=["began_at"], condition=Q(status="open"), name="onboarding_open")]

    def __str__(self) -> str:
        return f"First weeks {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("welcome:first-weeks")


class OnboardingStep(models.Model):
    """What is kept of one step: that it is done, which the clock notices, or that the person skipped it."""

    confidential_history = True

    class State(models.TextChoices):
        """A step without a row is open as well."""

        OPEN = "open", _("open")
        DONE = "done", _("done")
        SKIPPED = "skipped", _("skipped")

    onboarding = models.ForeignKey(Onboarding, models.CASCADE, related_name="steps")
    name = models.SlugField(max_length=20)
    state = models.CharField(max_length=7, choices=State.choices, default=State.OPEN)
    at = models.DateTimeField(default=timezone.now)
    via = models.CharField(max_length=10, choices=Via.choices, default=Via.WEB)

    objects = OnboardingStepQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"name": PARTIES}

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["onboarding", "name"], name="onboarding_step_once")]

    def __str__(self) -> str:
        return self.name
