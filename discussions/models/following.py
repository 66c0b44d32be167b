from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from discussions.models.space import Space
from discussions.models.thread import Thread
from discussions.querysets import FollowQuerySet, ReadMarkQuerySet


class Follow(models.Model):
    """How much one person wants to hear of a thread, or of the threads of a space. A thread's own row stands before its space's."""

    class Level(models.TextChoices):
        """Without a row it is the digest, and for a private thread every reply."""

        EVERY = "every reply", _("every reply by mail")
        DIGEST = "digest", _("in the digest")
        MENTIONS = "mentions", _("only when somebody names me")
        MUTED = "muted", _("nothing")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    thread = models.ForeignKey(Thread, models.CASCADE, null=True, blank=True, related_name="+")
    space = models.ForeignKey(Space, models.CASCADE, null=True, blank=True, related_name="+")
    level = models.CharField(max_length=12, choices=Level.choices, default=Level.EVERY)
    since = models.DateTimeField(default=timezone.now)

    objects = FollowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thread", "person"], condition=Q(space=None), name="follow_of_thread_once"),
            models.UniqueConstraint(fields=["space", "person"], condition=Q(thread=None), name="follow_of_space_once"),
            models.CheckConstraint(condition=Q(thread=None) ^ Q(space=None), name="follow_of_one_thing"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.level}"


class ReadMark(models.Model):
    """How far one person has read in one thread. Theirs alone, and only while they let it be remembered."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    number = models.PositiveIntegerField(help_text=_("the newest post that was on the person's screen"))
    read_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = ReadMarkQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "thread"], name="read_mark_once")]

    def __str__(self) -> str:
        return f"{self.person} in thread {self.thread_id}"
