from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from correspondence.models.outgoing import OutgoingMail
from correspondence.querysets_digest import DigestChoiceQuerySet
from foundation.audiences import NOBODY


class DigestChoice(models.Model):
    """When one person wants their digest, and how much of each thing stands in it. Off is the same switch as for any other kind of mail.

    `next_due_at` is the moment that the choice means in `zone`, and the token of whoever posts the mail; empty for who is no member.
    What came up to `told_until` is told.
    """

    class Frequency(models.TextChoices):
        """How often."""

        DAILY = "daily", _("every day")
        WEEKLY = "weekly", _("once a week")
        MONTHLY = "monthly", _("once a month")

    class Weekday(models.IntegerChoices):
        """As the calendar of ISO 8601 counts them."""

        MONDAY = 1, _("Monday")
        TUESDAY = 2, _("Tuesday")
        WEDNESDAY = 3, _("Wednesday")
        THURSDAY = 4, _("Thursday")
        FRIDAY = 5, _("Friday")
        SATURDAY = 6, _("Saturday")
        SUNDAY = 7, _("Sunday")

    class Amount(models.TextChoices):
        """How much of each thing."""

        HEADLINES = "headlines", _("headlines: what it is about, and who spoke")
        EXCERPTS = "excerpts", _("the first lines of each")
        FULL = "full", _("everything that was said, to be read in the mail")

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    frequency = models.CharField(_("how often"), max_length=7, choices=Frequency.choices, default=Frequency.WEEKLY)
    weekday = models.PositiveSmallIntegerField(_("on which day of the week"), choices=Weekday.choices, default=Weekday.MONDAY)
    day = models.PositiveSmallIntegerField(
        _("on which day of the month"), default=1, validators=[MinValueValidator(1), MaxValueValidator(31)]
    )
    hour = models.PositiveSmallIntegerField(_("at what hour"), default=8, validators=[MaxValueValidator(23)])
    amount = models.CharField(_("how much of each thing"), max_length=9, choices=Amount.choices, default=Amount.EXCERPTS)
    zone = models.CharField(max_length=60, help_text=_("the time zone for which the next moment was computed"))
    next_due_at = models.DateTimeField(null=True, blank=True, db_index=True)
    told_until = models.DateTimeField(default=timezone.now)
    last_mail = models.ForeignKey(OutgoingMail, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = DigestChoiceQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"zone": NOBODY}

    def __str__(self) -> str:
        return f"{self.person}: {self.frequency}"
