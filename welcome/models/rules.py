from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from foundation.audiences import Audience


class WelcomeRules(models.Model):
    """The numbers by which this community welcomes people. There is one row, with key 1."""

    confirms_after = models.PositiveSmallIntegerField(
        _("hours after which a suggested buddy is taken without the support team"),
        null=True,
        blank=True,
        help_text=_("Empty: nobody is matched before somebody of the team has confirmed it."),
    )
    from_hour = models.PositiveSmallIntegerField(
        _("welcomes leave from"), default=9, validators=[MaxValueValidator(23)], help_text=_("o'clock where the newcomer lives")
    )
    to_hour = models.PositiveSmallIntegerField(_("and until"), default=17, validators=[MinValueValidator(1), MaxValueValidator(24)])
    on_weekends = models.BooleanField(_("on weekends too"), default=False)
    buddy_reminder_days = models.PositiveSmallIntegerField(
        _("days without a word of the buddy before they are reminded"), default=3, validators=[MinValueValidator(1)]
    )
    replacement_days = models.PositiveSmallIntegerField(
        _("days after that before the team is offered somebody else"), default=3, validators=[MinValueValidator(1)]
    )
    first_reminder_days = models.PositiveSmallIntegerField(
        _("days before newcomers are reminded of their first steps"),
        default=4,
        validators=[MinValueValidator(1)],
        help_text=_("Only of what is left, and never anybody who is away or pausing."),
    )
    second_reminder_days = models.PositiveSmallIntegerField(
        _("days before they are reminded a second time, which is the last"), default=14, validators=[MinValueValidator(2)]
    )
    arrived_days = models.PositiveSmallIntegerField(
        _("days after the welcome when somebody has arrived"),
        default=60,
        validators=[MinValueValidator(7)],
        help_text=_("From then on their buddy has room for somebody else. The conversation of the two stays."),
    )
    crib = models.TextField(
        _("crib sheet for buddies"),
        blank=True,
        max_length=6000,
        help_text=_("Plain words; an empty line begins a new point. Empty: ours. All members can read it."),
    )

    audiences: ClassVar[dict[str, str]] = {"crib": Audience.MEMBERS}

    class Meta:
        verbose_name = _("rules of welcoming")
        verbose_name_plural = _("welcome: rules")
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="welcome_rules_only_once"),
            models.CheckConstraint(
                condition=Q(to_hour__gt=F("from_hour")),
                name="welcome_rules_hours_in_order",
                violation_error_message=_("The last hour has to come after the first."),
            ),
            models.CheckConstraint(
                condition=Q(second_reminder_days__gt=F("first_reminder_days")),
                name="welcome_rules_reminders_in_order",
                violation_error_message=_("The second reminder has to come after the first."),
            ),
        ]

    def __str__(self) -> str:
        return str(_("rules of welcoming"))

    @classmethod
    def current(cls) -> WelcomeRules:
        """Return the rules in force; before anybody has set them, the defaults."""
        return cls._default_manager.filter(pk=1).first() or cls(pk=1)
