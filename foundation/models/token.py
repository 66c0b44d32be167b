from __future__ import annotations

import secrets
from typing import ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone

from foundation.audiences import NOBODY


def new_nonce() -> str:
    """128 random bits, from which a token is derived with a key that is not in the database."""
    return secrets.token_hex(16)


class Token(models.Model):
    """One link or code that opens one thing for whoever holds it. The text of it is derived (foundation/tokens.py), never stored.

    `subject` is the one object it speaks of; `person` and `address` say for whom it was made.
    """

    purpose = models.CharField(max_length=60)
    subject_type = models.ForeignKey(ContentType, models.CASCADE, null=True, blank=True, related_name="+")
    subject_id = models.CharField(max_length=40, blank=True)
    subject = GenericForeignKey("subject_type", "subject_id")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+")
    address = models.EmailField(blank=True)
    nonce = models.CharField(max_length=32, default=new_nonce, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    expires_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)
    used_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    audiences: ClassVar[dict[str, str]] = {
        "purpose": NOBODY,
        "subject_id": NOBODY,
        "address": NOBODY,
        "nonce": NOBODY,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "subject_type", "subject_id", "person", "address"],
                condition=Q(used_at__isnull=True, withdrawn_at__isnull=True),
                nulls_distinct=False,
                name="token_one_open_per_addressee",
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"
