from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.audiences import Audience
from foundation.models import Pillar
from products.models.product import Product
from products.querysets.readings import PillarAddressQuerySet, ReadingQuerySet


class Reading(models.Model):
    """Something written elsewhere that supports what a product says, or questions it: readers find both side by side."""

    class Stance(models.TextChoices):
        SUPPORTS = "supports", _("supports it")
        QUESTIONS = "questions", _("questions it")

    product = models.ForeignKey(Product, models.CASCADE, related_name="readings")
    stance = models.CharField(_("what it does"), max_length=10, choices=Stance.choices, default=Stance.QUESTIONS)
    title = models.CharField(_("title"), max_length=300)
    by = models.CharField(_("who wrote it"), max_length=200, blank=True)
    address = models.CharField(_("link"), max_length=500, validators=[URLValidator(["http", "https"])])
    note = models.CharField(_("what it says, in a sentence"), max_length=500, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    objects = ReadingQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {
        "title": Audience.PUBLIC,
        "by": Audience.PUBLIC,
        "address": Audience.PUBLIC,
        "note": Audience.PUBLIC,
    }
    confidential_history = True

    class Meta:
        verbose_name = _("critical reading")
        verbose_name_plural = _("critical readings")
        ordering = ["stance", "added_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["product", "address"], name="reading_once_a_product")]

    def __str__(self) -> str:
        return self.title


class PillarAddress(models.Model):
    """An address under which a pillar was known before: it leads to the one of today."""

    pillar = models.ForeignKey(Pillar, models.CASCADE, related_name="+")
    slug = models.SlugField(max_length=80, unique=True)

    objects = PillarAddressQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"slug": Audience.PUBLIC}

    def __str__(self) -> str:
        return f"Former address {self.pk}"
