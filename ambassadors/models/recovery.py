from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.audiences import NOBODY, Audience, reached_by

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models.user import User


class AddressRecoveryQuerySet(models.QuerySet):
    """Recoveries by who may know of them."""

    def visible_to(self, viewer: User | AnonymousUser) -> AddressRecoveryQuerySet:
        """The support team sees all, and nobody else any."""
        return self if Audience.STAFF in reached_by(viewer) else self.none()


class AddressRecovery(models.Model):
    """A new address for somebody who can no longer read the old one: proposed by one of staff, approved by another.

    The old address is told at once and may object, before and afterwards; the new one confirms with a code.
    """

    class Status(models.TextChoices):
        """Only `ambassadors.accounts.recovery` moves it."""

        PROPOSED = "proposed", _("waits for a second person")
        APPROVED = "approved", _("waits for the new address")
        CONFIRMED = "confirmed", _("done")
        REFUSED = "refused", _("refused by the support team")
        OBJECTED = "objected", _("stopped from the old address")
        REVERTED = "reverted", _("undone from the old address")

    OPEN = (Status.PROPOSED, Status.APPROVED)
    OBJECTION_TIME = timedelta(days=30)

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="address_recoveries")
    old_address = models.EmailField(_("old address"))
    new_address = models.EmailField(_("new address"))
    reason = models.TextField(_("how you know that it is this person, and that the old address is dead"))
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PROPOSED)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    code_nonce = models.CharField(max_length=32, blank=True, editable=False)
    code_until = models.DateTimeField(null=True, blank=True, editable=False)
    codes_sent = models.PositiveSmallIntegerField(default=0, editable=False)
    guesses = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = AddressRecoveryQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {
        "old_address": Audience.STAFF,
        "new_address": Audience.STAFF,
        "reason": Audience.STAFF,
        "code_nonce": NOBODY,
    }

    class Meta:
        verbose_name = _("recovery of an account")
        verbose_name_plural = _("recoveries of accounts")
        ordering = ["-proposed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(status__in=["proposed", "approved"]), name="recovery_one_open_per_person"
            ),
            models.CheckConstraint(condition=~Q(approved_by=F("proposed_by")), name="recovery_by_two_people"),
            models.CheckConstraint(condition=~Q(status="confirmed") | Q(confirmed_at__isnull=False), name="recovery_has_its_day"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.new_address}"
