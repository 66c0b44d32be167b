from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from discussions.querysets import ParticipantQuerySet, PostQuerySet, ThreadQuerySet
from foundation.audiences import PARTIES
from foundation.models import Via
from foundation.richtext import safe

SEATS = 8


class Thread(models.Model):
    """A conversation. The private ones are for up to eight people, and for nobody else, staff included."""

    class Kind(models.TextChoices):
        """What sort of conversation it is."""

        PRIVATE = "private", _("private")

    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.PRIVATE)
    subject = models.CharField(_("subject"), max_length=150)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    last_number = models.PositiveIntegerField(default=0, help_text=_("the number of the newest post"))
    last_post_at = models.DateTimeField(default=timezone.now)

    objects = ThreadQuerySet.as_manager()
    people: list[Participant]  # set by `with_people()`

    audiences: ClassVar[dict[str, str]] = {"subject": PARTIES}

    class Meta:
        ordering = ["-last_post_at", "-pk"]
        indexes = [models.Index(fields=["-last_post_at", "-id"], name="thread_newest_first")]

    def __str__(self) -> str:
        return f"Thread {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("discussions:thread-detail", args=[self.pk, self.slug])

    @property
    def slug(self) -> str:
        """Decoration of the address: the number alone finds the thread."""
        return slugify(self.subject)[:60].strip("-") or "thread"


class Participant(models.Model):
    """One of the people of a private thread, on one of its eight seats."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="participants")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    seat = models.PositiveSmallIntegerField()
    read_number = models.PositiveIntegerField(default=0, help_text=_("the newest post that was on the person's screen"))
    read_at = models.DateTimeField(null=True, blank=True, db_index=True)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        ordering = ["seat"]
        constraints = [
            models.UniqueConstraint(fields=["thread", "person"], name="participant_once"),
            models.UniqueConstraint(fields=["thread", "seat"], name="participant_own_seat"),
            models.CheckConstraint(condition=Q(seat__gte=1, seat__lte=SEATS), name="participant_at_most_eight"),
        ]

    def __str__(self) -> str:
        return f"{self.person} in {self.thread}"


class Post(models.Model):
    """What one person said once. Its number within the thread is given under the thread's lock and never changes."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="posts")
    number = models.PositiveIntegerField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    body = models.TextField(_("text"))
    quoted = models.TextField(blank=True, help_text=_("what the mail quoted below the answer: plain text, shown folded"))
    labels = models.JSONField(default=list, blank=True, help_text=_("the author's role labels on the day"))
    via = models.CharField(max_length=10, choices=Via.choices, default=Via.WEB)
    message_id = models.CharField(max_length=255, blank=True, help_text=_("of the mail it came in"))
    posted_at = models.DateTimeField(default=timezone.now)

    objects = PostQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"body": PARTIES, "quoted": PARTIES, "labels": PARTIES, "message_id": PARTIES}

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["thread", "number"], name="post_number_once")]

    def __str__(self) -> str:
        return f"Post {self.number} in thread {self.thread_id}"

    def get_absolute_url(self) -> str:
        return reverse("discussions:post-detail", args=[self.pk])

    @property
    def shown(self) -> SafeString:
        """The body for a page or a mail, sanitised again: whatever may have come into the database."""
        return safe(self.body)

    @property
    def anchor(self) -> str:
        """Where it stands on its thread's page."""
        return f"post-{self.number}"
