from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.audiences import Audience
from foundation.querysets import HistoryQuerySet


class Via(models.TextChoices):
    """The door through which something was done."""

    WEB = "web", _("on the web")
    MAIL = "mail", _("by mail")
    ASSISTANT = "assistant", _("via an assistant")
    IMPORT = "import", _("by import")
    COMMAND = "command", _("by a command")
    CLOCK = "clock", _("by the clock")
    APPROVED = "approved", _("sent by the community, in words approved beforehand")


class HistoryEntry(models.Model):
    """One thing that happened. Rows are only ever added; a trigger in the database refuses to change or delete one.

    The single change it lets pass is the pseudonym that erasure leaves behind (`actor`, `actor_name`, `about`, `target_name`, `note`).
    """

    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    actor_name = models.CharField(max_length=200, blank=True)
    about = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="history_about_me")
    via = models.CharField(max_length=10, choices=Via.choices)
    verb = models.CharField(max_length=60)
    target_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    target_id = models.CharField(max_length=40)
    target = GenericForeignKey("target_type", "target_id")
    target_name = models.CharField(max_length=200)
    before = models.CharField(max_length=40, blank=True)
    after = models.CharField(max_length=40, blank=True)
    note = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    objects = HistoryQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {
        "actor_name": Audience.STAFF,
        "verb": Audience.STAFF,
        "target_id": Audience.STAFF,
        "target_name": Audience.STAFF,
        "before": Audience.STAFF,
        "after": Audience.STAFF,
        "note": Audience.STAFF,
    }

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name_plural = "history"
        indexes = [models.Index(fields=["target_type", "target_id", "-at"], name="history_of_target")]

    def __str__(self) -> str:
        return f"{self.shown_actor}: {self.verb} {self.target_name}"

    @property
    def shown_actor(self) -> str:
        """Who did it, by the name of that day; whoever was erased since goes by a pseudonym."""
        return self.actor_name or str(_("the system"))
