from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.audiences import NOBODY, PARTIES
from foundation.models.token import new_nonce
from practice.models.instrument import InstrumentEdition, InstrumentItem
from practice.models.organization import PracticeOrganization
from practice.querysets.sessions import LearningSessionQuerySet, RespondentQuerySet

MINIMUM = 4  # answers behind every figure of an anonymous session


class LearningSession(models.Model):
    """One run of an instrument: why, which modules, who answers; then what came of it. `openness` is declared before the first invitation."""

    class Openness(models.TextChoices):
        """Who learns who said what."""

        ANONYMOUS = "anonymous", _("anonymous")
        OPEN = "open", _("open")

    class Status(models.TextChoices):
        """Its road."""

        DRAFT = "draft", _("in preparation")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")

    organization = models.ForeignKey(PracticeOrganization, models.CASCADE, related_name="sessions")
    instrument_edition = models.ForeignKey(InstrumentEdition, models.PROTECT, related_name="sessions")
    modules: models.ManyToManyField[Any, Any] = models.ManyToManyField(InstrumentItem, related_name="+")
    number = models.PositiveSmallIntegerField(_("round"))
    follows: models.ForeignKey[LearningSession | None, LearningSession | None] = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="followed_by"
    )
    purpose = models.TextField(_("why we do this"), max_length=1000)
    openness = models.CharField(_("who learns who said what"), max_length=10, choices=Openness.choices, default=Openness.ANONYMOUS)
    minimum = models.PositiveSmallIntegerField(default=MINIMUM, validators=[MinValueValidator(MINIMUM)], editable=False)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT, editable=False)
    due_on = models.DateField(_("answers are wanted by"), null=True, blank=True)
    is_from_file = models.BooleanField(default=False, editable=False)  # put in by whoever runs it, not answered by links
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = LearningSessionQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"purpose": PARTIES}
    confidential_history = True

    class Meta:
        verbose_name = _("learning session")
        verbose_name_plural = _("learning sessions")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "number"], name="learning_session_number_once"),
            models.CheckConstraint(condition=Q(minimum__gte=MINIMUM), name="learning_session_minimum"),
        ]

    def __str__(self) -> str:
        return f"Learning session {self.pk}"

    @property
    def is_anonymous(self) -> bool:
        return self.openness == self.Openness.ANONYMOUS


class Respondent(models.Model):
    """Somebody who is asked to answer some modules, by a link of their own. In an anonymous session nothing here leads to their answers."""

    class Status(models.TextChoices):
        """How far they are, as whoever runs the session sees it."""

        NAMED = "named", _("not asked yet")
        ASKED = "asked", _("asked")
        BEGUN = "begun", _("has begun")
        FINISHED = "finished", _("has answered")
        DECLINED = "declined", _("does not answer")
        WITHDRAWN = "withdrawn", _("no longer asked")

    session = models.ForeignKey(LearningSession, models.CASCADE, related_name="respondents")
    name = models.CharField(_("name"), max_length=120)
    address = models.EmailField(_("e-mail address"))
    group = models.CharField(
        _("group"), max_length=40, blank=True, help_text=_("Such as board, staff or volunteers. May stay empty.")
    )
    note = models.TextField(_("a personal note"), max_length=600, blank=True)
    modules: models.ManyToManyField[Any, Any] = models.ManyToManyField(InstrumentItem, related_name="+")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.NAMED, editable=False)
    nonce = models.CharField(max_length=32, default=new_nonce, editable=False)
    reminded = models.PositiveSmallIntegerField(default=0, editable=False)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = RespondentQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"name": PARTIES, "address": PARTIES, "group": PARTIES, "note": PARTIES, "nonce": NOBODY}
    confidential_history = True

    class Meta:
        verbose_name = _("respondent")
        verbose_name_plural = _("respondents")
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["session", "address"], name="respondent_address_once")]

    def __str__(self) -> str:
        return f"Respondent {self.pk}"
