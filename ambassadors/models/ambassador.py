from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ambassadors.querysets import AmbassadorQuerySet
from foundation.audiences import OWN_CHOICE, Audience, AudienceField


class Organization(models.Model):
    """Where an ambassador works. Ambassadors belong to the community in person, not for it."""

    name = models.CharField(_("name"), max_length=160, unique=True)

    audiences: ClassVar[dict[str, str]] = {"name": OWN_CHOICE}

    def __str__(self) -> str:
        return self.name


class Ambassador(models.Model):
    """A member of the community. Every field about the person has an audience of its own, chosen by that person."""

    class Status(models.TextChoices):
        """Where someone stands. Only `ambassadors.workflow` moves it."""

        LISTED = "listed", _("on the roster, not invited to sign in yet")
        ACTIVE = "active", _("active")
        PAUSED = "paused", _("pausing")
        ALUMNI = "alumni", _("alumni")
        REMOVED = "removed", _("removed")

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="ambassador")
    slug = models.SlugField(_("address of the profile"), max_length=80, unique=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.LISTED)
    organization = models.ForeignKey(Organization, models.SET_NULL, null=True, blank=True, related_name="ambassadors")
    job_title = models.CharField(_("what you do there"), max_length=120, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    bio = models.TextField(_("about you"), blank=True)
    listed_for = AudienceField(_("who can find you here"), default=Audience.MEMBERS)
    organization_audience = AudienceField(default=Audience.MEMBERS)
    place_audience = AudienceField(default=Audience.MEMBERS)
    bio_audience = AudienceField(default=Audience.MEMBERS)
    joined_at = models.DateTimeField(null=True, blank=True)

    objects = AmbassadorQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {
        "slug": OWN_CHOICE,
        "job_title": OWN_CHOICE,
        "place": OWN_CHOICE,
        "bio": OWN_CHOICE,
    }

    class Meta:
        ordering = ["user__name", "pk"]

    def __str__(self) -> str:
        return self.user.name

    def get_absolute_url(self) -> str:
        return reverse("ambassadors:ambassador-detail", args=[self.slug])
