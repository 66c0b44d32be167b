from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.audiences import PARTIES, Audience
from foundation.models import Topic
from practice.models.instrument import InstrumentItem
from practice.models.organization import PracticeOrganization
from practice.querysets.questions import CommunityAnswerQuerySet, CommunityQuestionQuerySet

WORDS_ROOM = 2000


class CommunityQuestion(models.Model):
    """What an organisation asks the community about a proof point. Who of the organisation wrote it is kept nowhere.

    `told_at` is when its administrators are, or were, last told by mail that something came.
    """

    class Status(models.TextChoices):
        """How it stands."""

        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")
        OFF = "off", _("taken off")

    organization = models.ForeignKey(PracticeOrganization, models.CASCADE, related_name="questions")
    item = models.ForeignKey(InstrumentItem, models.PROTECT, related_name="+")
    topics: models.ManyToManyField[Any, Any] = models.ManyToManyField(Topic, related_name="+", blank=True)
    words = models.TextField(
        _("your question"),
        max_length=WORDS_ROOM,
        help_text=_("What have you tried, what got in the way, and what would you like to know? Say it without names."),
    )
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN, editable=False)
    asked_at = models.DateTimeField(default=timezone.now)
    told_at = models.DateTimeField(null=True, blank=True, editable=False)
    off_because = models.TextField(_("why"), max_length=500, blank=True)

    objects = CommunityQuestionQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"words": Audience.MEMBERS, "off_because": PARTIES}
    confidential_history = True

    class Meta:
        verbose_name = _("question to the community")
        verbose_name_plural = _("questions to the community")
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return f"Question {self.pk} to the community"

    def get_absolute_url(self) -> str:
        return reverse("practice:question-detail", args=[self.pk])


class CommunityAnswer(models.Model):
    """What is said under a question: by an ambassador, with their name; or, with nobody's, by the organisation that asked."""

    question = models.ForeignKey(CommunityQuestion, models.CASCADE, related_name="answers")
    is_from_asker = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    words = models.TextField(_("your words"), max_length=WORDS_ROOM)
    at = models.DateTimeField(default=timezone.now)
    thanked_at = models.DateTimeField(null=True, blank=True, editable=False)
    off_at = models.DateTimeField(null=True, blank=True, editable=False)
    off_because = models.TextField(_("why"), max_length=500, blank=True)

    objects = CommunityAnswerQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"words": Audience.MEMBERS, "off_because": PARTIES}
    confidential_history = True

    class Meta:
        verbose_name = _("answer to an organisation")
        verbose_name_plural = _("answers to organisations")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_from_asker=True, by=None) | Q(is_from_asker=False, by__isnull=False),
                name="practice_answer_names_no_asker",
            )
        ]

    def __str__(self) -> str:
        return f"Words {self.pk} under a question"
