from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from community.querysets import PublicListQuerySet
from foundation.audiences import Audience


class Belief(models.Model):
    """One of the things that everybody here shares: what a visitor reads first of the community, in this order."""

    text = models.CharField(_("what we share"), max_length=300)
    position = models.PositiveSmallIntegerField(_("position"), default=100)

    objects = PublicListQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"text": Audience.PUBLIC}

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("shared belief")
        verbose_name_plural = _("shared beliefs")

    def __str__(self) -> str:
        return self.text


class WayOfTakingPart(models.Model):
    """One line of the community's rule of thumb about how people take part: how many of them, as a rough share, do what."""

    name = models.CharField(_("what they do, in a word"), max_length=60)
    share = models.PositiveSmallIntegerField(
        _("about so many in a hundred"),
        validators=[MaxValueValidator(100)],
        help_text=_("A rule of thumb. Nobody is measured by it."),
    )
    text = models.CharField(_("what that looks like"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=100)

    objects = PublicListQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"name": Audience.PUBLIC, "text": Audience.PUBLIC}

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("way of taking part")
        verbose_name_plural = _("ways of taking part")
        constraints = [models.CheckConstraint(condition=models.Q(share__lte=100), name="way_of_taking_part_is_a_share")]

    def __str__(self) -> str:
        return self.name
