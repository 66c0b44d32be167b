from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from discussions.models import Space, Thread
from foundation.audiences import PARTIES, Audience
from welcome.querysets.first_look import FirstLookQuerySet, LookAnswerQuerySet, LookPairQuerySet, LookSeatQuerySet

WORDS_ROOM = 1500


class FirstLook(models.Model):
    """Pairs look around together and say what they found: three ways in which it helps, two things to improve, one surprise.

    It is discussed in a space, and whoever reads the space reads the answers.
    """

    class Status(models.TextChoices):
        """While it is prepared only the support team knows of it; once it is closed its answers stay as they are."""

        PREPARING = "preparing", _("being prepared")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")

    class Teams(models.TextChoices):
        """Whom the suggestions of pairs bring together."""

        ANY = "", _("Whoever complements each other")
        OTHER = "other", _("People of different organisations")
        SAME = "same", _("People of the same organisation")

    title = models.CharField(_("title"), max_length=120)
    words = models.TextField(_("what you would like to say about it"), max_length=WORDS_ROOM, blank=True)
    due_on = models.DateField(_("answers wanted by"))
    status = models.CharField(_("state"), max_length=10, choices=Status.choices, default=Status.PREPARING)
    teams = models.CharField(_("who looks together"), max_length=8, choices=Teams.choices, default=Teams.ANY, blank=True)
    facilitator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("who looks after it")
    )
    space = models.ForeignKey(
        Space,
        models.PROTECT,
        related_name="first_looks",
        verbose_name=_("where it is discussed"),
        help_text=_("Whoever reads this space reads the answers."),
    )
    thread = models.ForeignKey(Thread, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = FirstLookQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"title": PARTIES, "words": PARTIES}
    confidential_history = True  # of a hidden space, staff outside it know nothing

    class Meta:
        verbose_name = _("first look")
        verbose_name_plural = _("first looks")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(status="open") | Q(opened_at__isnull=False), name="first_look_open_has_a_date")
        ]

    def __str__(self) -> str:
        return f"First look {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("welcome:first-look-detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether pairs can still write."""
        return self.status == self.Status.OPEN


class LookQuestion(models.Model):
    """One of the questions of a first look, with how many answers to it are hoped for."""

    look = models.ForeignKey(FirstLook, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    text = models.CharField(_("question"), max_length=200)
    parts = models.PositiveSmallIntegerField(_("answers"), default=1, validators=[MinValueValidator(1), MaxValueValidator(5)])
    makes_improvements = models.BooleanField(
        _("each answer is an improvement to look after"), default=False, help_text=_("It gets a state and an owner.")
    )

    audiences: ClassVar[dict[str, str]] = {"text": PARTIES}

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["look", "position"], name="look_question_position_once")]

    def __str__(self) -> str:
        return f"Question {self.position} of first look {self.look_id}"


class LookPair(models.Model):
    """Two people, or one group of three, who answer together: either writes, both stand under it."""

    class Status(models.TextChoices):
        """Until it is sent, only the two read it."""

        WRITING = "writing", _("not sent yet")
        SENT = "sent", _("sent")

    look = models.ForeignKey(FirstLook, models.CASCADE, related_name="pairs")
    number = models.PositiveSmallIntegerField()
    status = models.CharField(_("state"), max_length=8, choices=Status.choices, default=Status.WRITING)
    why_together = models.CharField(
        _("why these two all the same"),
        max_length=240,
        blank=True,
        help_text=_("Both would like a hand with websites: say why they should look together. Only the support team reads it."),
    )
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    reminded_at = models.DateTimeField(null=True, blank=True)

    objects = LookPairQuerySet.as_manager()
    people: list[LookSeat]  # set by `with_people()`

    audiences: ClassVar[dict[str, str]] = {"why_together": Audience.STAFF}
    confidential_history = True

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["look", "number"], name="look_pair_number_once"),
            models.CheckConstraint(condition=~Q(status="sent") | Q(sent_at__isnull=False), name="look_pair_sent_has_a_date"),
        ]

    def __str__(self) -> str:
        return f"Pair {self.number} of first look {self.look_id}"

    def get_absolute_url(self) -> str:
        return reverse("welcome:look-pair-detail", args=[self.pk])

    @property
    def is_sent(self) -> bool:
        """Whether others read it."""
        return self.status == self.Status.SENT


class LookSeat(models.Model):
    """Somebody who takes part in a first look: with a pair, or waiting for one. Of each look one has one seat."""

    look = models.ForeignKey(FirstLook, models.CASCADE, related_name="seats")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    pair = models.ForeignKey(LookPair, models.SET_NULL, null=True, blank=True, related_name="seats")
    added_at = models.DateTimeField(default=timezone.now)
    stepped_back_at = models.DateTimeField(null=True, blank=True)

    objects = LookSeatQuerySet.as_manager()

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["look", "person"], name="look_seat_once_a_person")]

    def __str__(self) -> str:
        return f"Seat {self.pk} of first look {self.look_id}"


class LookAnswer(models.Model):
    """One answer of a pair to one question: its words as they are now. `revision` grows with each change."""

    pair = models.ForeignKey(LookPair, models.CASCADE, related_name="answers")
    question = models.ForeignKey(LookQuestion, models.CASCADE, related_name="answers")
    part = models.PositiveSmallIntegerField()
    words = models.TextField(max_length=WORDS_ROOM)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    revision = models.PositiveSmallIntegerField(default=1)

    objects = LookAnswerQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"words": PARTIES}
    confidential_history = True

    class Meta:
        ordering = ["question__position", "pair__number", "part"]
        constraints = [models.UniqueConstraint(fields=["pair", "question", "part"], name="look_answer_once")]

    def __str__(self) -> str:
        return f"Answer {self.pk}"

    def get_absolute_url(self) -> str:
        return f"{reverse('welcome:first-look-detail', args=[self.pair.look_id])}#answer-{self.pk}"
