from __future__ import annotations

from itertools import chain, count
from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from foundation.audiences import Audience
from foundation.querysets import PlaceQuerySet, TermQuerySet, TopicQuerySet


class Term(models.Model):
    """One word of the community's own vocabulary. A term that is no longer offered stays with those who chose it."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(
        _("in addresses"), max_length=80, unique=True, blank=True, help_text=_("Made from the name when empty.")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_offered = models.BooleanField(_("offered in forms"), default=True)

    objects = TermQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"name": Audience.PUBLIC, "slug": Audience.PUBLIC}

    class Meta:
        abstract = True
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.slug = self.slug or self._free_slug()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def _free_slug(self) -> str:
        """Return a slug from the name; in a script which has none, from the kind of the term."""
        base = slugify(self.name)[:70] or str(self._meta.model_name)
        taken = set(type(self)._default_manager.filter(slug__startswith=base).values_list("slug", flat=True))
        return next(slug for slug in chain([base], (f"{base}-{n}" for n in count(2))) if slug not in taken)


class Pillar(Term):
    """One part of the community's framework."""

    description = models.TextField(_("what it means"), blank=True)

    audiences: ClassVar[dict[str, str]] = {**Term.audiences, "description": Audience.PUBLIC}

    class Meta(Term.Meta):
        verbose_name = _("pillar")
        verbose_name_plural = _("pillars")

    @property
    def number(self) -> int:
        """What principles and proof points of this pillar begin with: 2 in 2.1.1."""
        return self.position


class Sector(Term):
    """A field that people work in; the community watches the balance between them."""

    class Meta(Term.Meta):
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")


class RoleLabel(Term):
    """From which seat somebody speaks: shown under the name, and frozen on each post as it was that day."""

    class Meta(Term.Meta):
        verbose_name = _("role label")
        verbose_name_plural = _("role labels")


class Topic(Term):
    """What people know, ask and write about. Other words for it are its synonyms."""

    objects = TopicQuerySet.as_manager()  # type: ignore[misc]  # its queryset knows synonyms too

    class Meta(Term.Meta):
        ordering = ["name"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")


class Synonym(models.Model):
    """Another word for a topic, which finds the topic and never stands beside it as one of its own."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="synonyms")
    name = models.CharField(_("other word"), max_length=120)

    audiences: ClassVar[dict[str, str]] = {"name": Audience.PUBLIC}

    class Meta:
        ordering = ["name"]
        verbose_name = _("other word for it")
        verbose_name_plural = _("other words for it")
        constraints = [
            models.UniqueConstraint(
                Lower("name"), name="synonym_of_one_topic", violation_error_message=_("Another topic has this word already.")
            )
        ]

    def __str__(self) -> str:
        return self.name


class Place(models.Model):
    """A town or region in a country. Who lives there is for the person to say, and for whom."""

    name = models.CharField(_("town or region"), max_length=120)
    country = models.CharField(_("country"), max_length=80, blank=True)

    objects = PlaceQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"name": Audience.MEMBERS, "country": Audience.MEMBERS}

    class Meta:
        ordering = ["country", "name"]
        verbose_name = _("place")
        verbose_name_plural = _("places")
        constraints = [
            models.UniqueConstraint(
                Lower("name"), Lower("country"), name="place_once", violation_error_message=_("This place is there already.")
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.country}" if self.country else self.name
