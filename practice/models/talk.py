from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.audiences import PARTIES
from practice.models.organization import PracticeOrganization
from practice.querysets.talks import KEPT, TalkQuerySet, TalkVolunteerQuerySet

LENGTH = timedelta(minutes=30)
MOST_TIMES = 3
MOST_A_MONTH = 8


class TalkVolunteer(models.Model):
    """An ambassador who gives half an hour to organisations that have looked at themselves. Volunteering shows their name to those who look for a talk."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="talk_volunteer")
    words = models.CharField(
        _("what you like to talk about"),
        max_length=240,
        blank=True,
        help_text=_("Such as: boards that have never looked at results; small budgets; how to begin."),
    )
    most_a_month = models.PositiveSmallIntegerField(
        _("talks a month, at most"), default=1, validators=[MinValueValidator(1), MaxValueValidator(MOST_A_MONTH)]
    )
    shows_profile = models.BooleanField(
        _("also show my role labels, my place and my topics"),
        default=False,
        help_text=_(
            "To organisations that look for a talk, though they are not members. Without it they see of these what everybody sees."
        ),
    )
    since = models.DateTimeField(default=timezone.now)

    objects = TalkVolunteerQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"words": PARTIES}

    class Meta:
        verbose_name = _("volunteer for talks")
        verbose_name_plural = _("volunteers for talks")
        ordering = ["person__sort_name", "pk"]

    def __str__(self) -> str:
        return f"Volunteer {self.person_id} for talks"


class Talk(models.Model):
    """Half an hour between an organisation and a volunteer. What is shared is what its administrator ticked, and nothing else.

    `offered` are the times that one of the two has put forward last; `starts` is the one that was agreed on. `figures` is the summary of
    the chosen modules as it was on the day, already without what too few people had answered.
    """

    class Status(models.TextChoices):
        """Its road."""

        ASKED = "asked", _("asked for")
        OFFERED = "offered", _("other times are offered")
        AGREED = "agreed", _("agreed")
        DECLINED = "declined", _("not possible")
        WITHDRAWN = "withdrawn", _("withdrawn")
        CANCELLED = "cancelled", _("cancelled")

    organization = models.ForeignKey(PracticeOrganization, models.CASCADE, related_name="talks")
    instrument_title = models.CharField(max_length=300)
    volunteer = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    shares_organization = models.BooleanField(_("the name of the organisation"), default=False)
    shares_person = models.BooleanField(_("my name and my e-mail address"), default=False)
    figures: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    words = models.TextField(_("what you would like to talk about"), max_length=1000, blank=True)
    time_zone = models.CharField(max_length=60)
    offered: ArrayField[Any, Any] = ArrayField(models.DateTimeField(), size=MOST_TIMES, default=list)
    starts = models.DateTimeField(null=True, blank=True)
    where = models.CharField(
        _("how you meet"), max_length=300, blank=True, help_text=_("A link or a number to call. Only the two of you read it.")
    )
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ASKED, editable=False)
    sequence = models.PositiveSmallIntegerField(default=0, editable=False)
    asked_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = TalkQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {
        "instrument_title": PARTIES,
        "figures": PARTIES,
        "words": PARTIES,
        "where": PARTIES,
        "time_zone": PARTIES,
    }
    confidential_history = True

    class Meta:
        verbose_name = _("talk")
        verbose_name_plural = _("talks")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "volunteer"], condition=Q(status__in=["asked", "offered"]), name="practice_talk_one_waits"
            ),
            models.CheckConstraint(condition=~Q(status="agreed") | Q(starts__isnull=False), name="practice_talk_agreed_has_time"),
        ]

    def __str__(self) -> str:
        return f"Talk {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("practice:talk-detail", args=[self.pk])

    @property
    def is_over(self) -> bool:
        """Whether its four weeks have ended: what was shared is read by nobody any more, and a worker deletes it."""
        return (self.starts or self.changed_at) <= timezone.now() - KEPT

    @property
    def ends(self) -> Any:
        return self.starts + LENGTH if self.starts else None
