from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from correspondence.querysets import MailPreferenceQuerySet
from foundation.audiences import PARTIES


class MailPreference(models.Model):
    """Somebody has said whether they want one kind of mail. No row: they have not, and get it.

    It belongs to an account, or to an address where there is none.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+")
    address = models.EmailField(blank=True)
    kind = models.CharField(max_length=60)
    wanted = models.BooleanField()
    changed_at = models.DateTimeField(auto_now=True)

    objects = MailPreferenceQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"address": PARTIES, "kind": PARTIES}

    class Meta:
        verbose_name = _("mail preference")
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], condition=models.Q(address=""), name="mail_preference_of_person"),
            models.UniqueConstraint(fields=["address", "kind"], condition=~models.Q(address=""), name="mail_preference_of_address"),
            models.CheckConstraint(condition=models.Q(person=None) ^ models.Q(address=""), name="mail_preference_has_one_owner"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {'yes' if self.wanted else 'no'}"


class WaitingDigest(models.Model):
    """When somebody is next told what waited over the day's limit. The due moment is itself the token of whoever posts the mail."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    due_at = models.DateTimeField(null=True, blank=True, db_index=True)
