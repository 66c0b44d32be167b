from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from discussions.models.post import Post
from discussions.models.thread import Thread
from discussions.querysets.follow_ups import FollowUpQuerySet
from foundation.audiences import PARTIES


class FollowUp(models.Model):
    """What a facilitator does about one answer to a prompt, now or on a later day. Sending it closes it.

    An answer of which nothing needs to be done is said to be so by a row of that kind: an answer without any row is still looked at.
    """

    class Kind(models.TextChoices):
        """What it is to be."""

        CONNECT = "connect", _("connect two people")
        SHARE = "share", _("share something useful")
        ASK = "ask", _("ask how it went")
        CELEBRATE = "celebrate", _("celebrate")
        HELP = "help", _("offer help")
        NOTHING = "nothing", _("nothing is needed")

    class Status(models.TextChoices):
        """It waits for its day and for being sent, or is dropped."""

        WAITING = "waiting", _("waits")
        SENT = "sent", _("sent")
        DROPPED = "dropped", _("dropped")
        SETTLED = "settled", _("nothing was needed")

    post = models.ForeignKey(Post, models.CASCADE, related_name="follow_ups")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(_("what"), max_length=10, choices=Kind.choices, default=Kind.ASK)
    other = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", help_text=_("who is connected")
    )
    is_public = models.BooleanField(_("in the conversation, for everybody to read"), default=False)
    text = models.TextField(_("what you say"), max_length=5000, blank=True)
    due_at = models.DateTimeField(default=timezone.now)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.WAITING)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_in = models.ForeignKey(Thread, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = FollowUpQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"text": PARTIES}
    confidential_history = True

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(status="sent") | Q(sent_at__isnull=False), name="follow_up_sent_has_a_date")
        ]
        indexes = [models.Index(fields=["due_at"], condition=Q(status="waiting"), name="follow_up_waits")]

    def __str__(self) -> str:
        return f"Follow-up {self.pk} of post {self.post_id}"

    def get_absolute_url(self) -> str:
        return f"{reverse('discussions:follow-up-list')}#follow-up-{self.pk}"
