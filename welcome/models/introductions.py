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
from welcome.querysets import IntroductionQuerySet, IntroductionSideQuerySet

REASON_ROOM = 1500


class Introduction(models.Model):
    """Two people whom a host would like to meet each other. Both are asked; it is made when both say yes, and never comes up else.

    The row does not move when somebody says no: whatever its state tells the host is the same for a refusal as for silence.
    """

    confidential_history = True

    class Status(models.TextChoices):
        """Only `welcome.introductions.workflow` moves it."""

        ASKED = "asked", _("asked")
        MADE = "made", _("made")
        LAPSED = "lapsed", _("it did not come about")

    host = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("host"))
    reason = models.TextField(_("why these two"), max_length=REASON_ROOM)
    status = models.CharField(_("state"), max_length=6, choices=Status.choices, default=Status.ASKED)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    lapses_at = models.DateTimeField(_("open until"))
    ended_at = models.DateTimeField(null=True, blank=True)
    thread = models.ForeignKey("discussions.Thread", models.SET_NULL, null=True, blank=True, related_name="+")

    objects = IntroductionQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"reason": PARTIES}

    class Meta:
        verbose_name = _("introduction")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(status="asked") ^ Q(ended_at__isnull=False), name="introduction_ended_has_a_date"),
        ]
        indexes = [models.Index(fields=["lapses_at"], condition=Q(status="asked"), name="introduction_open")]

    def __str__(self) -> str:
        return f"Introduction {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("welcome:introduction-list")


class IntroductionSide(models.Model):
    """One of the two, with their answer, which nobody but they themselves ever reads."""

    confidential_history = True

    class Answer(models.TextChoices):
        """Only `welcome.introductions.workflow` moves it. It can be changed until the day has come."""

        ASKED = "asked", _("not answered")
        YES = "yes", _("yes")
        NOT_NOW = "not now", _("not now")

    introduction = models.ForeignKey(Introduction, models.CASCADE, related_name="sides")
    seat = models.PositiveSmallIntegerField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    answer = models.CharField(max_length=7, choices=Answer.choices, default=Answer.ASKED)
    at = models.DateTimeField(null=True, blank=True)
    via = models.CharField(max_length=10, choices=Via.choices, default=Via.WEB)

    other: int | None  # the key of the person on the other side, where `with_other` read it

    objects = IntroductionSideQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["introduction", "seat"], name="introduction_seat_once"),
            models.UniqueConstraint(fields=["introduction", "person"], name="introduction_of_two_people"),
            models.CheckConstraint(condition=Q(seat__in=[1, 2]), name="introduction_of_two"),
        ]

    def __str__(self) -> str:
        return f"Side {self.seat} of introduction {self.introduction_id}"

    def get_absolute_url(self) -> str:
        return reverse("welcome:introduction-list")
