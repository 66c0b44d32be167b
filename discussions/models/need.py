from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from discussions.models.thread import Thread
from discussions.querysets.needs import NeedAlertQuerySet, NeedQuerySet
from foundation.models import Topic


class Need(models.Model):
    """What somebody needs: a question in a space, with the topic by which it finds people who know about that."""

    thread = models.OneToOneField(Thread, models.CASCADE, related_name="need")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = NeedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Need of thread {self.thread_id}"


class NeedAlert(models.Model):
    """One person who was told of a need, because the topic is one of theirs and they were there. Who that was, only they know."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="alerts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = NeedAlertQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["need", "person"], name="need_alert_once")]
        indexes = [models.Index(fields=["person", "-at"], name="need_alert_of_person")]

    def __str__(self) -> str:
        return f"{self.person} of need {self.need_id}"
