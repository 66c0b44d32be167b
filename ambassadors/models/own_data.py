from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ambassadors.querysets_own_data import ArchiveQuerySet, ErasureQuerySet, ReturnRequestQuerySet
from foundation.audiences import NOBODY, PARTIES, Audience
from foundation.models.upload import private_storage, random_name


class Archive(models.Model):
    """Everything that is kept about one person, packed for that person: prepared by a worker, fetched for a week, then deleted.

    While it is being prepared `done` of `most` sections are written; a worker holds the row by its claim, under a lease.
    """

    class Status(models.TextChoices):
        """Only `ambassadors.owndata.archive` moves it."""

        PREPARING = "preparing", _("being prepared")
        READY = "ready", _("ready")
        FAILED = "failed", _("did not succeed")
        EXPIRED = "expired", _("deleted")

    KEPT = timedelta(days=7)

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="archives")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PREPARING)
    asked_at = models.DateTimeField(default=timezone.now)
    section = models.CharField(max_length=120, blank=True, help_text=_("the section that is being written"))
    done = models.PositiveSmallIntegerField(default=0)
    most = models.PositiveSmallIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    file = models.FileField(storage=private_storage, upload_to=random_name, max_length=60, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    ready_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)

    objects = ArchiveQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"section": PARTIES, "claim": NOBODY, "file": PARTIES}

    class Meta:
        verbose_name = _("archive")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(status="preparing"), name="archive_one_in_preparation"),
            models.CheckConstraint(
                condition=~Q(status="ready") | (Q(ready_at__isnull=False, expires_at__isnull=False) & ~Q(file="")),
                name="archive_ready_has_a_file",
            ),
        ]

    def __str__(self) -> str:
        return f"Archive {self.pk}"

    @property
    def filename(self) -> str:
        """What the file is called on the disk of whoever saves it."""
        return f"my-data-{self.asked_at:%Y-%m-%d}.zip"


class Erasure(models.Model):
    """A person is to be forgotten on a day, and may take it back until then. The row goes with the person."""

    class Status(models.TextChoices):
        """Only `ambassadors.owndata.erasing` moves it."""

        PLANNED = "planned", _("planned")
        CANCELLED = "cancelled", _("taken back")

    class Words(models.TextChoices):
        """What becomes of what the person said to others."""

        KEEP = "keep", _("My words stay where they are, as those of “a former member”")
        REMOVE = "remove", _("My words go too; a line says that something was removed here")

    DELAY = timedelta(days=7)

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="erasures")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PLANNED)
    words = models.CharField(_("what becomes of your words"), max_length=10, choices=Words.choices, default=Words.KEEP)
    asked_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    reason = models.TextField(_("how the person asked for it"), blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = ErasureQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"reason": Audience.STAFF}

    class Meta:
        verbose_name = _("erasure")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(status="planned"), name="erasure_one_planned_per_person"),
            models.CheckConstraint(condition=~Q(status="cancelled") | Q(cancelled_at__isnull=False), name="erasure_has_its_end"),
        ]

    def __str__(self) -> str:
        return f"Erasure {self.pk}"


class ReturnRequest(models.Model):
    """An alumnus would like to come back. The support team answers: the house opens again, or somebody writes to them."""

    class Status(models.TextChoices):
        """Only `ambassadors.owndata.leaving` moves it."""

        OPEN = "open", _("waits for the support team")
        WELCOMED = "welcomed", _("welcomed back")
        ANSWERED = "answered", _("answered in person")
        WITHDRAWN = "withdrawn", _("taken back")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="return_requests")
    words = models.TextField(_("a few words, if you like"), max_length=2000, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    asked_at = models.DateTimeField(default=timezone.now)

    objects = ReturnRequestQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"words": Audience.STAFF}

    class Meta:
        verbose_name = _("wish to come back")
        verbose_name_plural = _("wishes to come back")
        ordering = ["-asked_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["person"], condition=Q(status="open"), name="return_one_open_per_person")]

    def __str__(self) -> str:
        return f"{self.person}"
