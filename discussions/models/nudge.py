from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from discussions.models.thread import Thread
from discussions.querysets import NudgeQuerySet
from foundation.audiences import PARTIES


class Nudge(models.Model):
    """Whoever leads a space asked one quiet member for their view in a thread, privately; once, whoever of the leaders it was."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    words = models.TextField(_("a word of yours"), max_length=500, blank=True)
    at = models.DateTimeField(default=timezone.now)

    objects = NudgeQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"words": PARTIES}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "thread"], name="nudge_once")]

    def __str__(self) -> str:
        return f"{self.person} asked for their view in {self.thread}"
