from __future__ import annotations

from datetime import date, time
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ambassadors.models.user import is_time_zone
from discussions.models.space import Space
from discussions.querysets.circles import CircleCadenceQuerySet, CircleQuerySet, MeetingChangeQuerySet
from foundation.audiences import NOBODY, PARTIES, Audience
from foundation.models import RoleLabel


class Circle(models.Model):
    """A space of people with one role label, who meet at a steady pace. What it says of itself, and who is in it, is the space's.

    Its meetings are no rows: they follow from its cadences (the one in force, and those before it), and from what was changed about
    single ones. `told` is the cadence that its people know of; a change after that is told once, at `tell_at`.
    """

    space = models.OneToOneField(Space, models.CASCADE, related_name="circle")
    label = models.ForeignKey(RoleLabel, models.PROTECT, related_name="circles", verbose_name=_("role label"))
    place = models.TextField(
        _("where it meets"),
        max_length=500,
        blank=True,
        help_text=_("A link, a number to dial, a room. Only those who are in the circle see it, and no mail holds it."),
    )
    sequence = models.PositiveIntegerField(default=0, help_text=_("how often something about its meetings was changed"))
    told = models.ForeignKey("CircleCadence", models.SET_NULL, null=True, blank=True, related_name="+")
    tell_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = CircleQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"place": PARTIES}
    confidential_history = True  # of a hidden space, staff outside it know nothing

    class Meta:
        ordering = ["space__name", "pk"]
        indexes = [models.Index(fields=["tell_at"], condition=Q(tell_at__isnull=False), name="circle_to_tell")]

    def __str__(self) -> str:
        return f"Circle {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("discussions:circle-detail", args=[self.space.slug])


class CircleCadence(models.Model):
    """When a circle meets, from one moment to the next change: the same local hour, whatever the clocks of `time_zone` do."""

    class Unit(models.TextChoices):
        """What `every` counts. The values are those of the series of prompts, whose arithmetic is used."""

        WEEKS = "weeks", _("weeks")
        MONTH_WEEKDAYS = "month weekdays", _("months, same weekday")

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="cadences")
    every = models.PositiveSmallIntegerField(_("every"), default=1, validators=[MinValueValidator(1), MaxValueValidator(26)])
    unit = models.CharField(_("unit"), max_length=14, choices=Unit.choices, default=Unit.WEEKS)
    starts_on = models.DateField(_("first meeting"))
    at = models.TimeField(_("begins at"), default=time(16))
    time_zone = models.CharField(_("time zone"), max_length=60, validators=[is_time_zone])
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=60, validators=[MinValueValidator(10), MaxValueValidator(600)])
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True, help_text=_("empty for the one in force"))
    sequence = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = CircleCadenceQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"time_zone": Audience.MEMBERS}
    confidential_history = True

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["circle"], condition=Q(until=None), name="circle_cadence_one_in_force"),
            models.CheckConstraint(condition=Q(every__gte=1), name="circle_meets_sometimes"),
        ]

    def __str__(self) -> str:
        return f"Cadence {self.pk} of circle {self.circle_id}"

    @property
    def place_in_month(self) -> int:
        """Which of its weekdays the first meeting is in its month: 1 to 4, or -1 for the last one, which a fifth one is."""
        return place_in_month(self.starts_on)


class MeetingChange(models.Model):
    """What was changed about one meeting, that of the day `on` by the cadence. `told` is what its people know of it."""

    class Status(models.TextChoices):
        """A meeting takes place as planned, at another time, or not at all; and back again."""

        PLANNED = "as planned", _("as planned")
        MOVED = "moved", _("moved")
        CALLED_OFF = "called off", _("called off")

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="changes")
    on = models.DateField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PLANNED)
    moved_to = models.DateTimeField(null=True, blank=True)
    words = models.CharField(_("a word about it"), max_length=300, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)
    told = models.CharField(max_length=60, blank=True)
    tell_at = models.DateTimeField(null=True, blank=True)

    objects = MeetingChangeQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"words": PARTIES, "told": NOBODY}
    confidential_history = True

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["circle", "on"], name="meeting_change_once_a_day"),
            models.CheckConstraint(condition=~Q(status="moved") | Q(moved_to__isnull=False), name="meeting_moved_somewhere"),
        ]
        indexes = [models.Index(fields=["tell_at"], condition=Q(tell_at__isnull=False), name="meeting_change_to_tell")]

    def __str__(self) -> str:
        return f"Meeting of {self.on} of circle {self.circle_id}"

    @property
    def said(self) -> str:
        """What there is to be told of it, in a form to be compared: empty while it is as planned."""
        if self.status == self.Status.PLANNED:
            return ""
        return f"moved to {self.moved_to:%Y-%m-%dT%H:%M%z}" if self.status == self.Status.MOVED else self.Status.CALLED_OFF.value


def place_in_month(day: date) -> int:
    """Which of its weekdays a day is in its month: 1 to 4, or -1 for the last one, which a fifth one is."""
    number = (day.day - 1) // 7 + 1
    return number if number < 5 else -1
