from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.audiences import NOBODY, PARTIES
from foundation.models.token import new_nonce
from practice.models.instrument import InstrumentItem
from practice.models.session import LearningSession
from practice.querysets.actions import ActionQuerySet, RoomNoteQuerySet


class Action(models.Model):
    """What somebody promised to do when the results of a round were talked about. The rounds after it open with what is still open."""

    class Status(models.TextChoices):
        """Its end, once it has one."""

        OPEN = "open", _("open")
        DONE = "done", _("done")
        DROPPED = "dropped", _("dropped")

    session = models.ForeignKey(LearningSession, models.CASCADE, related_name="actions")
    item: models.ForeignKey[InstrumentItem | None, InstrumentItem | None] = models.ForeignKey(
        InstrumentItem, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("from which proof point")
    )
    words = models.CharField(_("what will be done"), max_length=300)
    owner = models.CharField(_("by whom"), max_length=120)
    address = models.EmailField(
        _("their e-mail address"),
        blank=True,
        help_text=_("May stay empty. With one they are reminded a week before the day, and on it."),
    )
    due_on = models.DateField(_("by when"))
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN, editable=False)
    came_of = models.CharField(_("what came of it"), max_length=500, blank=True)
    ended_on = models.DateField(null=True, blank=True, editable=False)
    nonce = models.CharField(max_length=32, default=new_nonce, editable=False)
    reminded = models.PositiveSmallIntegerField(default=0, editable=False)
    wants_reminders = models.BooleanField(default=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now)

    objects = ActionQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {
        "words": PARTIES,
        "owner": PARTIES,
        "address": PARTIES,
        "came_of": PARTIES,
        "nonce": NOBODY,
    }
    confidential_history = True

    class Meta:
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return f"Action {self.pk}"

    @property
    def is_overdue(self) -> bool:
        return self.status == self.Status.OPEN and self.due_on < timezone.localdate()


class RoomNote(models.Model):
    """What was said when the results of a round were talked about, in the words of whoever wrote it down."""

    session = models.ForeignKey(LearningSession, models.CASCADE, related_name="room_notes")
    words = models.TextField(_("note"), max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = RoomNoteQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"words": PARTIES}

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"Note {self.pk}"
