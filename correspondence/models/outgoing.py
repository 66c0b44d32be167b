from __future__ import annotations

import secrets
import zoneinfo
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from correspondence.querysets import OutgoingMailQuerySet
from foundation.audiences import NOBODY, Audience

if TYPE_CHECKING:
    from ambassadors.models import User
    from correspondence.digests.contents import Contents
    from correspondence.waiting import Line


def zone_of(person: User | None) -> zoneinfo.ZoneInfo:
    """The time zone in which a person's days begin; the site's own where there is no account."""
    return zoneinfo.ZoneInfo(person.time_zone if person else settings.TIME_ZONE)


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
    claim = models.CharField(max_length=32, blank=True, help_text=_("which worker's lease this is"))
    counted_on = models.DateField(null=True, blank=True, help_text=_("the recipient's day in whose limit the mail has a place"))
    told_in = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="tells_of")
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=500, blank=True, help_text=_("what the mail server said last"))

    objects = OutgoingMailQuerySet.as_manager()
    contents: Contents  # of a digest that is about to be sent: what was read for it
    waited: list[Line]  # the same of the mail that tells what waited

    audiences: ClassVar[dict[str, str]] = {
        "kind": Audience.STAFF,
        "address": Audience.STAFF,
        "key": NOBODY,
        "about": NOBODY,
        "nonce": NOBODY,
        "claim": NOBODY,
        "answer": Audience.STAFF,
    }

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"], condition=models.Q(state__in=["queued", "claimed", "handing over"]), name="mail_in_hand"
            ),
            models.Index(
                fields=["person", "counted_on"], condition=models.Q(counted_on__isnull=False), name="mail_of_a_persons_day"
            ),
            models.Index(fields=["person"], condition=models.Q(state="waiting"), name="mail_that_waits"),
            models.Index(fields=["person", "created_at"], name="mail_of_person_lately"),
            models.Index(fields=["address"], condition=models.Q(person=None), name="mail_to_a_mere_address"),
            models.Index(fields=["state"], condition=models.Q(state__in=["unknown", "failed"]), name="mail_that_needs_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.person or self.address}"

    @property
    def recipient(self) -> str:
        """The address the mail goes to."""
        return self.address or (self.person.email if self.person else "")

    @property
    def today(self) -> date:
        """The recipient's date of this moment, in their own zone."""
        return timezone.localdate(timezone=zone_of(self.person))
