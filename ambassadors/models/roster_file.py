from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from ambassadors.querysets import RosterFileQuerySet
from foundation.audiences import PARTIES


class RosterFile(models.Model):
    """A roster between its upload and the press of the button that imports it. It is deleted by either answer, and after a day."""

    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    uploaded_at = models.DateTimeField(auto_now_add=True)

    objects = RosterFileQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"name": PARTIES, "content": PARTIES}

    def __str__(self) -> str:
        return self.name
