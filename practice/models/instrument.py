from __future__ import annotations

from functools import lru_cache
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.audiences import PARTIES, Audience
from practice.instruments import content
from practice.instruments.reading import read_instrument
from practice.querysets.instruments import InstrumentEditionQuerySet, InstrumentItemQuerySet, InstrumentQuerySet
from products.models import Edition, Product


class Instrument(models.Model):
    """A questionnaire that the community publishes as a product of the kind assessment."""

    product = models.OneToOneField(Product, models.CASCADE, related_name="instrument")
    key = models.SlugField(_("key"), max_length=60, unique=True, help_text=_("The last part of its address under /practice/."))

    objects = InstrumentQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"key": Audience.PUBLIC}

    class Meta:
        verbose_name = _("instrument")
        verbose_name_plural = _("instruments")
        ordering = ["key"]

    def __str__(self) -> str:
        return f"Instrument {self.key}"

    def get_absolute_url(self) -> str:
        return reverse("practice:instrument-detail", args=[self.key])


class InstrumentEdition(models.Model):
    """What one edition of the product asks, as it was written. It is released when that edition is published, and stays as it is then."""

    instrument = models.ForeignKey(Instrument, models.CASCADE, related_name="editions")
    edition = models.OneToOneField(Edition, models.CASCADE, related_name="instrument_edition")
    source = models.TextField(_("text"), help_text=_("YAML, as docs/instruments.md says."))
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    saved_at = models.DateTimeField(default=timezone.now)

    objects = InstrumentEditionQuerySet.as_manager()

    # What is not out yet is its makers' and reviewers': the pages ask `visible_to`.
    audiences: ClassVar[dict[str, str]] = {"source": PARTIES}

    class Meta:
        verbose_name = _("edition of an instrument")
        verbose_name_plural = _("editions of instruments")
        ordering = ["instrument", "-edition__number"]

    def __str__(self) -> str:
        return f"Instrument edition {self.pk}"

    @property
    def content(self) -> content.Instrument:
        """What it asks."""
        return _read(self.source)


class InstrumentItem(models.Model):
    """One module, principle or proof point of a released edition: what answers are given to. Written when the edition is published.

    `key` is the same in every edition that asks the same thing: rounds are compared by it.
    """

    class Level(models.IntegerChoices):
        """From the whole to its parts."""

        MODULE = 1, _("module")
        PRINCIPLE = 2, _("principle")
        PROOF_POINT = 3, _("proof point")

    edition = models.ForeignKey(InstrumentEdition, models.PROTECT, related_name="items")
    level = models.PositiveSmallIntegerField(choices=Level.choices)
    parent: models.ForeignKey[InstrumentItem | None, InstrumentItem | None] = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="children"
    )
    position = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=60)
    code = models.CharField(max_length=12)
    text = models.CharField(max_length=400)
    about = models.CharField(max_length=1000, blank=True)
    pillar = models.SlugField(max_length=80, blank=True)

    objects = InstrumentItemQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {
        "key": Audience.PUBLIC,
        "code": Audience.PUBLIC,
        "text": Audience.PUBLIC,
        "about": Audience.PUBLIC,
        "pillar": Audience.PUBLIC,
    }

    class Meta:
        ordering = ["edition", "position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "key"], name="instrument_item_key_once"),
            models.UniqueConstraint(fields=["edition", "position"], name="instrument_item_position_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"


@lru_cache(maxsize=32)
def _read(source: str) -> content.Instrument:
    return read_instrument(source)
