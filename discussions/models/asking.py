from __future__ import annotations

from typing import ClassVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from discussions.models.post import Post
from discussions.models.thread import Thread
from discussions.querysets import AskMeAboutQuerySet, QuestionQuerySet
from foundation.audiences import PARTIES
from foundation.fields import RichTextField
from foundation.models import Via


class AskMeAbout(models.Model):
    """One ambassador takes questions for some days: from `opens_at` to the end of `closes_on` where the host is.

    The close is soft. Until `answers_until` the host goes on answering, and what others ask is kept for the host.
    """

    class Status(models.TextChoices):
        """A booked one is announced to all who read its space, and opened by the clock."""

        PREPARING = "preparing", _("being prepared")
        BOOKED = "booked", _("announced")
        OPEN = "open", _("open for questions")
        CLOSED = "closed", _("closed, answers still come")
        OVER = "over", _("over")

    thread = models.OneToOneField(Thread, models.CASCADE, related_name="asking")
    host = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PREPARING)
    about = models.CharField(_("what you know about"), max_length=200)
    introduction = RichTextField(_("introduction"), blank=True, help_text=_("until it opens; then it is the first post"))
    opening = models.TextField(_("questions to begin with"), max_length=2000, blank=True, help_text=_("one a line; likewise"))
    zone = models.CharField(_("time zone"), max_length=60)
    opens_at = models.DateTimeField()
    closes_on = models.DateField(_("open through"))
    closes_at = models.DateTimeField()
    grace_days = models.PositiveSmallIntegerField(_("days to go on answering"), default=7, validators=[MaxValueValidator(60)])
    answers_until = models.DateTimeField()
    follow_up_weeks = models.PositiveSmallIntegerField(
        _("weeks until we ask how it went"), default=6, validators=[MaxValueValidator(52)]
    )
    revision = models.PositiveIntegerField(default=1)
    reminded_at = models.DateTimeField(null=True, blank=True)

    objects = AskMeAboutQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"about": PARTIES, "introduction": PARTIES, "opening": PARTIES, "zone": PARTIES}
    confidential_history = True  # what staff may not read, its history does not tell them

    class Meta:
        ordering = ["opens_at", "pk"]
        indexes = [models.Index(fields=["status", "closes_at"], name="asking_by_close")]
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="asking_closes_after_opening"),
            models.CheckConstraint(condition=Q(answers_until__gte=F("closes_at")), name="asking_grace_after_close"),
        ]

    def __str__(self) -> str:
        return f"Ask Me About {self.pk}"

    def get_absolute_url(self) -> str:
        return self.thread.get_absolute_url()

    @property
    def is_open(self) -> bool:
        """Whether it takes questions now, whether or not the clock has been by."""
        return self.status == self.Status.OPEN and timezone.now() < self.closes_at

    @property
    def takes_answers(self) -> bool:
        """Whether the host answers: while it is open, and for the days of grace."""
        return self.status in {self.Status.OPEN, self.Status.CLOSED} and timezone.now() < self.answers_until

    @property
    def own_zone(self) -> ZoneInfo:
        """Where the host's days begin and end."""
        return ZoneInfo(self.zone)


class Question(models.Model):
    """One thing that somebody asks in an Ask Me About: a numbered item of a post, or the post as a whole (number 0).

    One that came after the close has no post: its words are kept for the host, and posted when the host answers or extends.
    """

    class Status(models.TextChoices):
        """It waits in the host's queue, or for whom it was handed to, until somebody answers."""

        WAITING = "waiting", _("waits for an answer")
        HANDED = "handed over", _("handed over")
        ANSWERED = "answered", _("answered")
        PEERS = "answered by peers", _("answered by others")
        LATE = "kept late", _("came after the close")
        NONE = "no question", _("no question")

    session = models.ForeignKey(AskMeAbout, models.CASCADE, related_name="questions")
    post = models.ForeignKey(Post, models.CASCADE, null=True, blank=True, related_name="questions")
    number = models.PositiveSmallIntegerField(default=0)
    text = models.TextField()
    asker = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.WAITING)
    via = models.CharField(max_length=10, choices=Via.choices, default=Via.WEB)
    asked_at = models.DateTimeField(default=timezone.now)
    answer = models.ForeignKey(Post, models.SET_NULL, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    handed_to = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    handed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    handed_at = models.DateTimeField(null=True, blank=True)
    word = models.TextField(_("a word to them"), max_length=1000, blank=True)
    follow_up_at = models.DateTimeField(null=True, blank=True, help_text=_("when the asker is asked how it went"))
    followed_up_at = models.DateTimeField(null=True, blank=True)
    update = models.ForeignKey(
        Post, models.SET_NULL, null=True, blank=True, related_name="+", help_text=_("what the asker told of it later")
    )

    objects = QuestionQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"text": PARTIES, "word": PARTIES}
    confidential_history = True

    class Meta:
        ordering = ["asked_at", "number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["post", "number"], name="question_of_post_once"),
            models.CheckConstraint(  # waiting without a post is one that is being posted at this moment
                condition=Q(post__isnull=False) | Q(status__in=["kept late", "waiting"]), name="question_without_post_is_late"
            ),
        ]
        indexes = [
            models.Index(fields=["session", "asked_at"], name="question_queue"),
            models.Index(fields=["follow_up_at"], condition=Q(followed_up_at=None), name="question_to_follow_up"),
        ]

    def __str__(self) -> str:
        return f"Question {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("discussions:question-detail", args=[self.pk])

    @property
    def is_pending(self) -> bool:
        """Whether somebody is still to answer."""
        return self.status in {self.Status.WAITING, self.Status.HANDED, self.Status.LATE}
