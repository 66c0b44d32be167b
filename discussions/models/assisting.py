from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from discussions.models.post import Post
from discussions.models.thread import Thread
from discussions.querysets import PreparedReplyQuerySet
from foundation.audiences import PARTIES


class PreparedReply(models.Model):
    """An answer that an assistant prepared. It says nothing to anybody before its ambassador sends it.

    Each version is a row of its own: who says yes to a mail says it to exactly the words that stood in it.
    """

    class Status(models.TextChoices):
        """Only `discussions.assisting.workflow` moves it."""

        WAITING = "waiting", _("waits for the ambassador")
        SENT = "sent", _("sent by the ambassador")
        TAKEN_OVER = "taken over", _("taken into the ambassador's own draft")
        SET_ASIDE = "set aside", _("put aside by the ambassador")
        REPLACED = "replaced", _("prepared anew")
        WITHDRAWN = "withdrawn", _("taken back by the assistant")

    ambassador = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    assistant = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    assistant_name = models.CharField(max_length=120)
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="+")
    body = models.TextField(_("answer"), help_text=_("plain text"))
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WAITING)
    prepared_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)
    post = models.ForeignKey(Post, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = PreparedReplyQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"assistant_name": PARTIES, "body": PARTIES}
    confidential_history = True

    class Meta:
        verbose_name = _("prepared answer")
        ordering = ["-prepared_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["ambassador", "assistant", "thread"], condition=Q(status="waiting"), name="prepared_reply_waiting_once"
            )
        ]

    def __str__(self) -> str:
        return f"Answer prepared in thread {self.thread_id}"
