from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from ambassadors.querysets import OrganizationQuerySet
from foundation.audiences import OWN_CHOICE


class Organization(models.Model):
    """Where an ambassador works. Ambassadors belong to the community in person, not for it."""

    name = models.CharField(_("name"), max_length=160)

    objects = OrganizationQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"name": OWN_CHOICE}

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("name"), name="organization_name_unique")]

    def __str__(self) -> str:
        return self.name
