from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ambassadors.nominations.querysets import CriteriaEditionQuerySet
from foundation.audiences import PARTIES, Audience


class CriteriaEdition(models.Model):
    """What the community asks of a nominee, and what its vetters are asked: one wording, which a case keeps to its end.

    Once published it takes no change any more; the next one is written as a draft. A nomination takes the edition in force when it is
    submitted.
    """

    class Status(models.TextChoices):
        """Only `ambassadors.nominations.criteria` moves it."""

        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")

    number = models.PositiveSmallIntegerField(_("edition"), unique=True)
    status = models.CharField(_("state"), max_length=10, choices=Status.choices, default=Status.DRAFT)
    change = models.CharField(_("what changed, for those who nominate"), max_length=300, blank=True)
    revision = models.PositiveIntegerField(default=1, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False)

    objects = CriteriaEditionQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"change": Audience.MEMBERS}

    class Meta:
        verbose_name = _("edition of the criteria")
        verbose_name_plural = _("nominations: criteria and questions")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["status"], condition=Q(status="draft"), name="criteria_one_draft"),
            models.CheckConstraint(
                condition=Q(status="draft") | Q(published_at__isnull=False), name="criteria_published_has_a_date"
            ),
        ]

    def __str__(self) -> str:
        return str(_("Criteria, edition %(number)s") % {"number": self.number})


class Criterion(models.Model):
    """One thing that a nominee must show, or that one hopes for."""

    class Kind(models.TextChoices):
        """Without evidence for each must, a nomination stays a draft."""

        MUST = "must", _("must")
        DESIRABLE = "desirable", _("desirable")

    edition = models.ForeignKey(CriteriaEdition, models.CASCADE, related_name="criteria")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.MUST)
    text = models.CharField(_("criterion"), max_length=160)
    explanation = models.CharField(
        _("what would show it"),
        max_length=400,
        blank=True,
        help_text=_("Examples that one could point at; what somebody does online counts as much as what one saw in a room."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    audiences: ClassVar[dict[str, str]] = {"text": Audience.PUBLIC, "explanation": Audience.PUBLIC}

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["-kind", "position", "pk"]  # musts first

    def __str__(self) -> str:
        return self.text


class VettingQuestion(models.Model):
    """One question of the vetters' form beyond the criteria, such as what the nominee would bring that nobody here has."""

    edition = models.ForeignKey(CriteriaEdition, models.CASCADE, related_name="questions")
    text = models.CharField(_("question"), max_length=200)
    help_text = models.CharField(_("help beside it"), max_length=300, blank=True)
    is_required = models.BooleanField(_("asks for an answer"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    audiences: ClassVar[dict[str, str]] = {"text": PARTIES, "help_text": PARTIES}

    class Meta:
        verbose_name = _("question for vetters")
        verbose_name_plural = _("questions for vetters")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text
