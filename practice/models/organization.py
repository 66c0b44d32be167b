from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.audiences import NOBODY, PARTIES
from foundation.models.token import new_nonce
from practice.models.instrument import Instrument
from practice.querysets.organizations import (
    PracticeAdministratorQuerySet,
    PracticeOrganizationQuerySet,
    PracticeStartQuerySet,
)


class PracticeOrganization(models.Model):
    """An organisation that looks at itself. It has nothing to do with the organisations of the directory, and nobody outside knows of it."""

    name = models.CharField(_("name of the organisation"), max_length=140)
    created_at = models.DateTimeField(default=timezone.now)

    objects = PracticeOrganizationQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"name": PARTIES}
    confidential_history = True

    class Meta:
        verbose_name = _("organisation of a practice")
        verbose_name_plural = _("organisations of practices")

    def __str__(self) -> str:
        return f"Practice organisation {self.pk}"


class PracticeAdministrator(models.Model):
    """Somebody who runs the learning sessions of an organisation: an account that signs in with a mailed code, with or without a profile here."""

    organization = models.ForeignKey(PracticeOrganization, models.CASCADE, related_name="administrators")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="practice_seats")
    since = models.DateTimeField(default=timezone.now)

    objects = PracticeAdministratorQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "person"], name="practice_administrator_once")]

    def __str__(self) -> str:
        return f"Administrator {self.person_id} of practice organisation {self.organization_id}"


class PracticeStart(models.Model):
    """Somebody wants to begin: kept until the code from their mailbox comes, a day at most."""

    address = models.EmailField(_("your e-mail address"))
    name = models.CharField(_("your name"), max_length=120)
    organization = models.CharField(_("your organisation"), max_length=140)
    instrument = models.ForeignKey(Instrument, models.CASCADE, related_name="+")
    nonce = models.CharField(max_length=32, default=new_nonce)
    code_until = models.DateTimeField(null=True)
    code_tries = models.PositiveSmallIntegerField(default=0)
    codes_sent = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = PracticeStartQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"address": NOBODY, "name": NOBODY, "organization": NOBODY, "nonce": NOBODY}

    def __str__(self) -> str:
        return f"Practice start {self.pk}"
