from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from welcome.querysets import OwnQuerySet


class PersonSetAside(models.Model):
    """Somebody who is not suggested to a person any more. Nobody but that person ever learns of it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    other = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = OwnQuerySet.as_manager()

    confidential_history = True

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["person", "other"], name="person_set_aside_once")]

    def __str__(self) -> str:
        return f"Person set aside {self.pk}"


class NoSuggestions(models.Model):
    """The choice of somebody to whom no people are suggested at all. Without this row they are."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    since = models.DateTimeField(default=timezone.now)

    objects = OwnQuerySet.as_manager()

    confidential_history = True

    def __str__(self) -> str:
        return f"No suggestions {self.pk}"
