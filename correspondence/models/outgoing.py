from __future__ import annotations

import secrets
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from correspondence.querysets import OutgoingMailQuerySet
from foundation.audiences import NOBODY, Audience


def new_nonce() -> str:
    """128 random bits from which every token of one mail is derived."""
    return secrets.token_hex(16)


class OutgoingMail(models.Model):
    """One mail to one person: what it speaks of, and how far it has come. It holds no rendered text and no token.

    `key` names the occasion, so that asking twice posts once. `about` holds ids only.
    """

    class State(models.TextChoices):
        """The road of a mail (DESIGN: promise 6). Only `unknown` waits for a person."""

        QUEUED = "queued", _("queued")
        CLAIMED = "claimed", _("claimed by a worker")
        HANDING_OVER = "handing over", _("being handed to the mail server")
        SENT = "sent", _("sent")
        FAILED = "failed", _("refused for good")
        UNKNOWN = "unknown", _("perhaps sent: the connection broke while it was handed over")
        UNWANTED = "unwanted", _("no longer wanted or allowed when its turn came")
        WAITING = "waiting", _("over the day's limit: waits for the next digest")
        IN_DIGEST = "in digest", _("told in a digest")

    kind = models.CharField(max_length=60)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+")
    address = models.EmailField(blank=True, help_text=_("only where there is no account yet, or a certain address must be reached"))
    key = models.CharField(max_length=200, unique=True)
    about = models.JSONField(default=dict)
    nonce = models.CharField(max_length=32, default=new_nonce)
    state = models.CharField(max_length=12, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=500, blank=True, help_text=_("what the mail server said last"))

    objects = OutgoingMailQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {
        "kind": Audience.STAFF,
        "address": Audience.STAFF,
        "key": NOBODY,
        "about": NOBODY,
        "nonce": NOBODY,
        "answer": Audience.STAFF,
    }

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"], condition=models.Q(state__in=["queued", "claimed", "handing over"]), name="mail_in_hand"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.person or self.address}"
