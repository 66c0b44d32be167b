from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from discussions.models.space import Space
from discussions.querysets import ParticipantQuerySet, ThreadQuerySet
from foundation.audiences import PARTIES

SEATS = 8


class Thread(models.Model):
    """A conversation in a space; or a private one, for up to eight people and for nobody else, staff included."""

    class Kind(models.TextChoices):
        """What sort of conversation it is."""

        DISCUSSION = "discussion", _("discussion")
        QUESTION = "question", _("question")
        ASK_ME_ABOUT = "ask me about", _("Ask Me About")
        PROMPT = "prompt", _("working out loud")
        PRIVATE = "private", _("private")

    class Status(models.TextChoices):
        """One that is being prepared is for those who sit in it; a hidden one for those who lead its space; a merged one leads on."""

        PREPARING = "preparing", _("being prepared")
        OPEN = "open", _("open")
        LOCKED = "locked", _("locked: nothing can be added")
        HIDDEN = "hidden", _("hidden by a facilitator")
        MERGED = "merged", _("merged into another")

    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.DISCUSSION)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    space = models.ForeignKey(Space, models.PROTECT, null=True, blank=True, related_name="threads")
    subject = models.CharField(_("subject"), max_length=150)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    starter_name = models.CharField(
        max_length=120, blank=True, help_text=_("of its first post, where that has no account: its name")
    )
    started_at = models.DateTimeField(default=timezone.now)
    last_number = models.PositiveIntegerField(default=0, help_text=_("the number of the newest post"))
    archived_number = models.PositiveIntegerField(
        default=0, help_text=_("up to which post it came from an archive: that is new to nobody")
    )
    last_post_at = models.DateTimeField(default=timezone.now)
    pinned_at = models.DateTimeField(null=True, blank=True)
    helped = models.ForeignKey(
        "discussions.Post", models.SET_NULL, null=True, blank=True, related_name="+", help_text=_("the answer that helped")
    )
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    split_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")

    objects = ThreadQuerySet.as_manager()
    people: list[Participant]  # set by `with_people()`
    known_seats: frozenset[int]  # the keys of those who sit in it, where they were read with it
    read_number: int  # set by `with_read_number_of()`

    audiences: ClassVar[dict[str, str]] = {"subject": PARTIES, "starter_name": PARTIES}
    confidential_history = True  # what staff may not read, its history does not tell them

    class Meta:
        ordering = ["-last_post_at", "-pk"]
        indexes = [
            models.Index(fields=["-last_post_at", "-id"], name="thread_newest_first"),
            models.Index(fields=["space", "-last_post_at", "-id"], name="thread_newest_of_space"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind="private") ^ Q(space__isnull=False), name="thread_private_or_in_space")
        ]

    def __str__(self) -> str:
        return f"Thread {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("discussions:thread-detail", args=[self.pk, self.slug])

    @property
    def slug(self) -> str:
        """Decoration of the address: the number alone finds the thread."""
        return slugify(self.subject)[:60].strip("-") or "thread"

    @property
    def is_private(self) -> bool:
        """Whether it is for the people who sit in it alone."""
        return self.kind == self.Kind.PRIVATE


class Participant(models.Model):
    """Somebody who sits in a private thread, or in one that is still being prepared, on one of its eight seats."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="participants")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    seat = models.PositiveSmallIntegerField()

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
