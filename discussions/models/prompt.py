from __future__ import annotations

from datetime import time
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from ambassadors.models.user import is_time_zone
from discussions.models.circle import place_in_month
from discussions.models.space import Space
from discussions.models.thread import Thread
from discussions.querysets.prompts import (
    PromptBreakQuerySet,
    PromptQuerySet,
    PromptRoundQuerySet,
    PromptWishQuerySet,
    ResponderQuerySet,
)
from foundation.audiences import PARTIES
from foundation.fields import RichTextField


class Prompt(models.Model):
    """A question that a space is asked again and again, so that people work out loud: its words, and when it comes.

    The first day and the hour are those of `time_zone`, whatever its clocks do. Each occurrence is a `PromptRound`.
    """

    class Unit(models.TextChoices):
        """What `every` counts."""

        DAYS = "days", _("days")
        WEEKDAYS = "weekdays", _("weekdays")
        WEEKS = "weeks", _("weeks")
        MONTHS = "months", _("months, same date")
        MONTH_WEEKDAYS = "month weekdays", _("months, same weekday")

    class Reach(models.TextChoices):
        """To whom a prompt is mailed when it opens. Whoever muted the space, or wants its digest only, gets none."""

        EVERYBODY = "everybody", _("everybody in the space; in a topic, everybody")
        TAKING_PART = "taking part", _("those who take part, or follow the space")

    class Status(models.TextChoices):
        """One that pauses plans nothing; one that has ended stays to be read."""

        RUNNING = "running", _("running")
        PAUSED = "paused", _("pausing")
        ENDED = "ended", _("ended")

    space = models.ForeignKey(Space, models.CASCADE, related_name="prompts")
    title = models.CharField(_("title"), max_length=120, help_text=_("The subject of each of its conversations."))
    text = RichTextField(_("the prompt"), help_text=_("Short and easy to answer: one to three things, without much detail."))
    facilitator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", help_text=_("in whose name it is posted")
    )
    every = models.PositiveSmallIntegerField(_("every"), default=1, validators=[MinValueValidator(1), MaxValueValidator(60)])
    unit = models.CharField(_("unit"), max_length=14, choices=Unit.choices, default=Unit.WEEKS)
    starts_on = models.DateField(_("first day"))
    at = models.TimeField(_("opens at"), default=time(9))
    time_zone = models.CharField(_("time zone"), max_length=60, validators=[is_time_zone])
    private_hours = models.PositiveSmallIntegerField(
        _("private hours"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(72)],
        help_text=_("So many hours before it opens, those who agreed to answer first get it."),
    )
    minimum = models.PositiveSmallIntegerField(
        _("first answers at least"),
        default=2,
        validators=[MaxValueValidator(5)],
        help_text=_("With fewer people who agreed to answer first, it waits for you. 0: it opens in any case."),
    )
    reach = models.CharField(_("mailed to"), max_length=12, choices=Reach.choices, default=Reach.EVERYBODY)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.RUNNING)
    created_at = models.DateTimeField(default=timezone.now)

    objects = PromptQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"title": PARTIES, "text": PARTIES, "time_zone": PARTIES}
    confidential_history = True  # of a hidden space, staff outside it know nothing

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(every__gte=1), name="prompt_comes_sometimes"),
            models.CheckConstraint(condition=~Q(unit="weekdays") | Q(every=1), name="prompt_of_weekdays_skips_none"),
        ]

    def __str__(self) -> str:
        return f"Prompt {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("discussions:prompt-detail", args=[self.pk])

    @property
    def place_in_month(self) -> int:
        """Which of its weekdays the first day is in its month: 1 to 4, or -1 for the last one, which a fifth one is."""
        return place_in_month(self.starts_on)

    @property
    def weekday_in_month(self) -> str:
        """The same in words: the first Monday."""
        places = {1: _("the first %s"), 2: _("the second %s"), 3: _("the third %s"), 4: _("the fourth %s"), -1: _("the last %s")}
        return str(places[self.place_in_month]) % date_format(self.starts_on, "l")


class PromptBreak(models.Model):
    """Days on which a prompt does not come: holidays, a season's rest."""

    prompt = models.ForeignKey(Prompt, models.CASCADE, related_name="breaks")
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("to"))
    name = models.CharField(_("what for"), max_length=80, blank=True)

    objects = PromptBreakQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"name": PARTIES}

    class Meta:
        ordering = ["first_day", "pk"]
        constraints = [models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="prompt_break_ends_after_start")]

    def __str__(self) -> str:
        return f"{self.first_day} to {self.last_day}"


class PromptWish(models.Model):
    """What one person wants of a prompt: to get it by mail, and to be reminded of what they said last. Theirs alone."""

    prompt = models.ForeignKey(Prompt, models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    wants_mail = models.BooleanField(_("mail me each prompt"), default=True)
    recalls = models.BooleanField(_("remind me of my own last answer"), default=False)
    since = models.DateTimeField(default=timezone.now)

    objects = PromptWishQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["prompt", "person"], name="prompt_wish_once")]

    def __str__(self) -> str:
        return f"{self.person} of prompt {self.prompt_id}"


class PromptRound(models.Model):
    """One occurrence of a prompt, from its planning to its opening. `on` is the day that the schedule gave it."""

    class Status(models.TextChoices):
        """It is planned, given early to those who answer first, and opened; or waits for its facilitator, or is called off."""

        PLANNED = "planned", _("planned")
        PRIVATE = "private", _("with those who answer first")
        HELD = "held", _("waits for you: too few agreed to answer first")
        OPEN = "open", _("open")
        CALLED_OFF = "called off", _("called off")

    prompt = models.ForeignKey(Prompt, models.CASCADE, related_name="rounds")
    on = models.DateField()
    opens_at = models.DateTimeField(_("opens at"))
    text = RichTextField(
        _("words of this round"),
        blank=True,
        help_text=_("Empty: the words of the series. What you write here is asked this time only."),
    )
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PLANNED)
    thread = models.OneToOneField(Thread, models.SET_NULL, null=True, blank=True, related_name="prompt_round")
    opened_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True, help_text=_("when its mails were put into the outbox"))

    objects = PromptRoundQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"text": PARTIES}
    confidential_history = True

    class Meta:
        ordering = ["-opens_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["prompt", "on"], name="prompt_round_once_a_day"),
            models.CheckConstraint(condition=~Q(status="open") | Q(opened_at__isnull=False), name="prompt_round_open_has_a_date"),
        ]
        indexes = [
            models.Index(fields=["opens_at"], condition=Q(status__in=["planned", "private", "held"]), name="prompt_round_to_come"),
            models.Index(fields=["opened_at"], condition=Q(status="open", told_at=None), name="prompt_round_to_tell"),
        ]

    def __str__(self) -> str:
        return f"Round of {self.on} of prompt {self.prompt_id}"

    def get_absolute_url(self) -> str:
        return reverse("discussions:round-detail", args=[self.pk])

    @property
    def words(self) -> str:
        """What is asked this time."""
        return str(self.text or self.prompt.text)

    @property
    def is_to_come(self) -> bool:
        """Whether it may still open."""
        return self.status in {self.Status.PLANNED, self.Status.PRIVATE, self.Status.HELD}


class Responder(models.Model):
    """Somebody who is asked to answer a round first, so that nobody else meets an empty room."""

    class Status(models.TextChoices):
        """Whoever is asked accepts or declines, and may still change their mind until the round opens."""

        ASKED = "asked", _("asked")
        ACCEPTED = "accepted", _("will answer first")
        ANSWERED = "answered", _("has answered")
        DECLINED = "declined", _("not this time")
        RELEASED = "released", _("no longer asked")

    round = models.ForeignKey(PromptRound, models.CASCADE, related_name="responders")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ASKED)
    note = models.CharField(_("a word from you"), max_length=500, blank=True, help_text=_("Why you thought of them."))
    word = models.CharField(_("a word to go with it"), max_length=500, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    said_at = models.DateTimeField(null=True, blank=True)

    objects = ResponderQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"note": PARTIES, "word": PARTIES}
    confidential_history = True

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["round", "person"], name="responder_once_a_round")]
        indexes = [models.Index(fields=["person", "status"], name="responder_of_person")]

    def __str__(self) -> str:
        return f"{self.person} in round {self.round_id}"

    def get_absolute_url(self) -> str:
        return reverse("discussions:responder-detail", args=[self.pk])
