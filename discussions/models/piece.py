from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from discussions.models.prompt import Prompt, PromptRound
from discussions.querysets.pieces import PieceQuerySet, PieceUseQuerySet
from foundation.audiences import Audience
from foundation.models import Topic


class Piece(models.Model):
    """Something to begin a conversation with, kept in the community's library for whoever looks after a space."""

    class Stage(models.TextChoices):
        """When in the life of a group it does most good."""

        ARRIVING = "arriving", _("arriving")
        GETTING_GOING = "getting going", _("getting going")
        FULL_SWING = "in full swing", _("in full swing")
        TAKING_STOCK = "taking stock", _("taking stock")
        PARTING = "parting", _("parting")

    title = models.CharField(_("title"), max_length=120)
    words = models.TextField(_("words"), max_length=2000, help_text=_("What is asked, as people will read it. Short is good."))
    stage = models.CharField(_("stage of the group"), max_length=14, choices=Stage.choices, default=Stage.GETTING_GOING)
    topic = models.ForeignKey(Topic, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("topic"))
    source_note = models.CharField(
        _("where it comes from"), max_length=200, blank=True, help_text=_("A person, a book, a custom of yours.")
    )
    is_offered = models.BooleanField(_("offered"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = PieceQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {
        "title": Audience.MEMBERS,
        "words": Audience.MEMBERS,
        "source_note": Audience.MEMBERS,
    }

    class Meta:
        ordering = ["position", "title", "pk"]
        verbose_name = _("conversation piece")
        verbose_name_plural = _("conversation pieces")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"{reverse('discussions:piece-list')}#piece-{self.pk}"


class PieceUse(models.Model):
    """A piece was put into a series, or into one round of it. Whoever reads the space of that knows of it, and nobody else."""

    piece = models.ForeignKey(Piece, models.CASCADE, related_name="uses")
    prompt = models.ForeignKey(Prompt, models.CASCADE, related_name="+")
    round = models.OneToOneField(
        PromptRound, models.CASCADE, null=True, blank=True, related_name="+", help_text=_("empty: it is asked by the whole series")
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = PieceUseQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["prompt"], condition=Q(round=None), name="piece_of_a_series_once")]

    def __str__(self) -> str:
        return f"Piece {self.piece_id} in prompt {self.prompt_id}"
