from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.audiences import NOBODY, PARTIES
from foundation.models.token import new_nonce
from practice.models.organization import PracticeOrganization
from practice.querysets.organizations import PracticeInvitationQuerySet


class PracticeInvitation(models.Model):
    """Somebody is asked to run an organisation's sessions beside those who do. It is there until it is answered or taken back."""

    organization = models.ForeignKey(PracticeOrganization, models.CASCADE, related_name="invitations")
    name = models.CharField(_("name"), max_length=120)
    address = models.EmailField(_("e-mail address"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    nonce = models.CharField(max_length=32, default=new_nonce, editable=False)
    sent = models.PositiveSmallIntegerField(default=0, editable=False)
    sent_at = models.DateTimeField(default=timezone.now)

    objects = PracticeInvitationQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"name": PARTIES, "address": PARTIES, "nonce": NOBODY}
    confidential_history = True

    class Meta:
        verbose_name = _("invitation to run a practice")
        verbose_name_plural = _("invitations to run practices")
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint("organization", Lower("address"), name="practice_invitation_once")]

    def __str__(self) -> str:
        return f"Practice invitation {self.pk}"
