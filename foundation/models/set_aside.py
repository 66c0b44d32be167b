from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from foundation.audiences import NOBODY
from foundation.querysets import SetAsideQuerySet


class SetAside(models.Model):
    """A card that somebody does not want on their desk for a while; `card` is the card's `later`."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    card = models.CharField(max_length=80)
    until = models.DateTimeField()

    objects = SetAsideQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"card": NOBODY}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "card"], name="set_aside_once")]

    def __str__(self) -> str:
        return f"{self.card} until {self.until:%d %B %Y}"
