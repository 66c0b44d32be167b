from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.audiences import PARTIES
from welcome.models.first_look import FirstLook, LookAnswer
from welcome.querysets.improvements import ImprovementAuthorQuerySet, ImprovementQuerySet


class Improvement(models.Model):
    """Something that a pair would improve: a suggestion with a state and an owner, whose authors hear when it is done.

    Until somebody takes it up its words follow the answer; from then on they stay as they were taken up.
    """

    class Status(models.TextChoices):
        """How far it has come. Only `welcome.first_look.improving` moves it."""

        NEW = "new", _("new")
        PLANNED = "planned", _("planned")
        IN_HAND = "in hand", _("in hand")
        DONE = "done", _("done")
        NOT_NOW = "not now", _("not now")

    look = models.ForeignKey(FirstLook, models.CASCADE, related_name="improvements")
    answer = models.OneToOneField(LookAnswer, models.SET_NULL, null=True, blank=True, related_name="improvement")
    words = models.TextField(_("what would be better"))
    status = models.CharField(_("state"), max_length=8, choices=Status.choices, default=Status.NEW)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who looks after it")
    )
    note_to_authors = models.CharField(_("a word to its authors"), max_length=500, blank=True)
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="merged")
    made_at = models.DateTimeField(default=timezone.now)
    moved_at = models.DateTimeField(default=timezone.now)

    objects = ImprovementQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"words": PARTIES, "note_to_authors": PARTIES}

    class Meta:
        verbose_name = _("improvement")
        verbose_name_plural = _("improvements")
        ordering = ["-moved_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="improvement_not_its_own_double"),
        ]

    def __str__(self) -> str:
        return f"Improvement {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("welcome:improvement-detail", args=[self.pk])


class ImprovementAuthor(models.Model):
    """Somebody who suggested it, and when they were told what became of it: of each outcome once."""

    improvement = models.ForeignKey(Improvement, models.CASCADE, related_name="authors")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    told_done_at = models.DateTimeField(null=True, blank=True)
    told_not_now_at = models.DateTimeField(null=True, blank=True)

    objects = ImprovementAuthorQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["improvement", "person"], name="improvement_author_once")]

    def __str__(self) -> str:
        return f"Author {self.pk} of improvement {self.improvement_id}"
