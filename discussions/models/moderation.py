from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from discussions.models.post import Post
from discussions.querysets.moderation import BlockQuerySet, ConductDutyQuerySet, ReportNoteQuerySet, ReportQuerySet
from foundation.audiences import PARTIES
from foundation.richtext import safe


class ConductDuty(models.Model):
    """Somebody who handles reports, of whatever space they come from. Being of the support team is not enough for it."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="conduct_duty", verbose_name=_("person"))
    since = models.DateField(_("since"), default=timezone.localdate, editable=False)

    objects = ConductDutyQuerySet.as_manager()

    class Meta:
        verbose_name = _("handler of reports")
        verbose_name_plural = _("conduct: handlers of reports")
        ordering = ["person__sort_name"]

    def __str__(self) -> str:
        return str(self.person)


class Report(models.Model):
    """A member asks somebody to look at a post. It keeps the words as they stood, for they may be edited or taken back."""

    class Reason(models.TextChoices):
        """What is wrong with it, as the reporter sees it."""

        UNKIND = "unkind", _("It is unkind, or attacks somebody")
        HARASSING = "harassing", _("It harasses or threatens somebody")
        PRIVATE = "private", _("It tells what should stay private")
        SELLING = "selling", _("It advertises or sells")
        OTHER = "other", _("Something else")

    class Status(models.TextChoices):
        """Only `discussions.moderation.reporting` moves it."""

        OPEN = "open", _("waits for somebody")
        IN_HAND = "in hand", _("somebody is looking at it")
        ACTED = "acted on", _("something was done")
        NO_ACTION = "no action", _("left as it is")
        WITHDRAWN = "taken back", _("taken back")

    post = models.ForeignKey(Post, models.CASCADE, related_name="+")
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reported = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(_("what is wrong"), max_length=12, choices=Reason.choices)
    words = models.TextField(_("in your own words"), max_length=2000, blank=True)
    said = models.TextField(help_text=_("the words of the post when it was reported"))
    revision = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    handler = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    outcome = models.TextField(_("what the one who reported is told"), max_length=2000, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"words": PARTIES, "said": PARTIES, "outcome": PARTIES}
    confidential_history = True  # the reported person may be of the support team

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["post", "reporter"], condition=Q(status__in=["open", "in hand"]), name="report_open_once_a_person"
            )
        ]
        indexes = [models.Index(fields=["reporter", "-created_at"], name="report_of_reporter")]

    def __str__(self) -> str:
        return f"Report {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("discussions:report-detail", args=[self.pk])

    @property
    def shown(self) -> SafeString:
        """The reported words, for a page."""
        return safe(self.said)

    @property
    def is_open(self) -> bool:
        """Whether somebody has still to say what comes of it."""
        return self.status in {self.Status.OPEN, self.Status.IN_HAND}


class ReportNote(models.Model):
    """What a handler notes for the other handlers of a report."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    words = models.TextField(_("note"), max_length=2000)
    written_at = models.DateTimeField(default=timezone.now)

    objects = ReportNoteQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"words": PARTIES}

    class Meta:
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return f"Note {self.pk} on report {self.report_id}"


class Block(models.Model):
    """One person takes no private messages from another. The other is not told; whoever blocked sees it in their settings."""

    confidential_history = True

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    blocked = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    since = models.DateTimeField(default=timezone.now)

    objects = BlockQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "blocked"], name="block_once"),
            models.CheckConstraint(condition=~Q(person=models.F("blocked")), name="block_of_another"),
        ]

    def __str__(self) -> str:
        return f"Block {self.pk}"
