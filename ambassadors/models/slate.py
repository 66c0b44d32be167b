from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ambassadors.models.nomination import Nomination
from ambassadors.slates.querysets import SlateAnswerQuerySet, SlateEntryQuerySet, SlateQuerySet
from foundation.audiences import Audience
from foundation.models import Via


class Slate(models.Model):
    """A batch of nominees put before the whole community for some days, with the text written for it and nothing else."""

    class Status(models.TextChoices):
        """Only `ambassadors.slates.workflow` moves it."""

        DRAFT = "draft", _("being put together")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")

    title = models.CharField(_("title"), max_length=120)
    intro = models.TextField(_("a word to the ambassadors"), max_length=1200, blank=True)
    status = models.CharField(_("state"), max_length=10, choices=Status.choices, default=Status.DRAFT)
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True, editable=False)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)
    told_at = models.DateTimeField(null=True, blank=True, editable=False)  # when the mails to all were put into the outbox
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False)

    objects = SlateQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"title": Audience.MEMBERS, "intro": Audience.MEMBERS}

    class Meta:
        verbose_name = _("slate")
        verbose_name_plural = _("slates")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="draft") | Q(opened_at__isnull=False, closes_at__gt=F("opened_at")),
                name="slate_open_has_its_days",
            ),
            models.CheckConstraint(
                condition=Q(status="closed", closed_at__isnull=False) | ~Q(status="closed") & Q(closed_at__isnull=True),
                name="slate_closed_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("ambassadors:slate-detail", args=[self.pk])

    @property
    def takes_answers(self) -> bool:
        """Whether an answer given now counts: its days are over at their end, even if no clock has closed it yet."""
        return self.status == self.Status.OPEN and self.closes_at is not None and timezone.now() < self.closes_at


class SlateEntry(models.Model):
    """One nominee on a slate: their number there, and the text as it was shown."""

    slate = models.ForeignKey(Slate, models.CASCADE, related_name="entries")
    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="slate_entries")
    number = models.PositiveSmallIntegerField(_("number"))
    text = models.TextField(_("text"), max_length=1200, blank=True)  # while the slate is being put together, the nomination has it
    taken_off_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = SlateEntryQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"text": Audience.MEMBERS}

    class Meta:
        verbose_name = _("nominee on a slate")
        verbose_name_plural = _("nominees on a slate")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["slate", "number"], name="slate_entry_number"),
            models.UniqueConstraint(fields=["slate", "nomination"], name="slate_entry_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.nomination}"


class SlateAnswer(models.Model):
    """What one ambassador says of one nominee. One that came after the close is kept as late, and counts for nothing."""

    class Answer(models.TextChoices):
        """Silence is none of these."""

        SUPPORT = "support", _("I support this")
        NO_VIEW = "no view", _("I have no view")
        CONCERN = "concern", _("I have a concern, for the vetting leads alone")

    entry = models.ForeignKey(SlateEntry, models.CASCADE, related_name="answers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="slate_answers")
    answer = models.CharField(max_length=10, choices=Answer.choices)
    concern = models.ForeignKey("ambassadors.Concern", models.SET_NULL, null=True, blank=True, related_name="+")
    is_late = models.BooleanField(default=False)
    via = models.CharField(max_length=10, choices=Via.choices, default=Via.WEB)
    at = models.DateTimeField(default=timezone.now)

    objects = SlateAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer to a slate")
        verbose_name_plural = _("answers to slates")
        constraints = [
            models.UniqueConstraint(fields=["entry", "person", "is_late"], name="slate_answer_once"),
            models.CheckConstraint(
                condition=Q(answer="concern") | Q(concern__isnull=True), name="slate_concern_only_with_a_concern"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry}: {self.get_answer_display()}"
