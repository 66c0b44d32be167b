from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ambassadors.models.criteria import Criterion, VettingQuestion
from ambassadors.models.nomination import WORDS_ROOM, Nomination
from ambassadors.vetting.querysets import (
    ConcernQuerySet,
    DecisionQuerySet,
    VettingAssignmentQuerySet,
    VettingDutyQuerySet,
)
from foundation.audiences import PARTIES, Audience


class AdmissionRules(models.Model):
    """The numbers by which this community lets people in. There is one row, with key 1."""

    vetters_a_case = models.PositiveSmallIntegerField(_("vetters a case"), default=2, validators=[MinValueValidator(1)])
    vetting_days = models.PositiveSmallIntegerField(_("days to assess a case"), default=14, validators=[MinValueValidator(1)])
    slate_days = models.PositiveSmallIntegerField(_("days that a slate is open"), default=10, validators=[MinValueValidator(1)])
    invitation_days = models.PositiveSmallIntegerField(
        _("days that an invitation is open"), default=30, validators=[MinValueValidator(1)]
    )
    months_kept = models.PositiveSmallIntegerField(
        _("months that a declined case is kept"),
        default=12,
        validators=[MinValueValidator(1)],
        help_text=_("Afterwards a keyed hash of the address remains, and dates for the numbers by year."),
    )

    class Meta:
        verbose_name = _("rules of admission")
        verbose_name_plural = _("nominations: rules")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="admission_rules_only_once")]

    def __str__(self) -> str:
        return str(_("rules of admission"))

    @classmethod
    def current(cls) -> AdmissionRules:
        """Return the rules in force; before anybody has set them, the defaults."""
        return cls._default_manager.filter(pk=1).first() or cls(pk=1)


class VettingDuty(models.Model):
    """Somebody of GrowCom, the team that looks at nominations.

    Vetters assess the cases they are assigned. Leads, who are of the support team, run the queue and alone read concerns. Those who
    decide are named here. Being of the support team gives none of these rights.
    """

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="vetting_duty", verbose_name=_("person"))
    is_vetter = models.BooleanField(_("assesses cases"), default=True)
    is_lead = models.BooleanField(_("leads: runs the queue, reads concerns"), default=False)
    decides = models.BooleanField(_("decides"), default=False)
    since = models.DateField(_("since"), default=timezone.localdate, editable=False)

    objects = VettingDutyQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of GrowCom")
        verbose_name_plural = _("nominations: GrowCom")
        ordering = ["person__sort_name"]

    def __str__(self) -> str:
        return str(self.person)


class VettingAssignment(models.Model):
    """One case in the hands of one vetter, and what they say of it. Nobody reads another's before having given their own."""

    confidential_history = True

    class Status(models.TextChoices):
        """Only `ambassadors.vetting.workflow` moves it."""

        ASSIGNED = "assigned", _("waits for the assessment")
        ASSESSED = "assessed", _("assessed")
        RECUSED = "recused", _("stepped back")
        WITHDRAWN = "withdrawn", _("taken back")

    class Acquaintance(models.TextChoices):
        """How well the vetter knows the nominee."""

        WELL = "well", _("well")
        SLIGHTLY = "slightly", _("slightly")
        NOT = "not at all", _("not at all")

    class View(models.TextChoices):
        """What the vetter would do."""

        INVITE = "invite", _("invite")
        NOT_NOW = "not now", _("not now")
        DECLINE = "decline", _("decline")
        UNSURE = "unsure", _("I cannot tell")

    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="assignments")
    vetter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="vetting_assignments", verbose_name=_("vetter")
    )
    status = models.CharField(_("state"), max_length=10, choices=Status.choices, default=Status.ASSIGNED)
    due_on = models.DateField(_("due"))
    substitute_for = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+", editable=False)
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    assigned_at = models.DateTimeField(default=timezone.now)
    reminders = models.PositiveSmallIntegerField(default=0, editable=False)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    acquaintance = models.CharField(_("how well do you know them?"), max_length=10, choices=Acquaintance.choices, blank=True)
    view = models.CharField(_("what would you do?"), max_length=10, choices=View.choices, blank=True)
    comment = models.TextField(_("your assessment"), max_length=WORDS_ROOM, blank=True)
    assessed_at = models.DateTimeField(null=True, blank=True, editable=False)
    amendment = models.TextField(_("what you add, having read the others"), max_length=WORDS_ROOM, blank=True)
    amended_view = models.CharField(_("what you would do now"), max_length=10, choices=View.choices, blank=True)
    amended_at = models.DateTimeField(null=True, blank=True, editable=False)  # what was given first stays as it was
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = VettingAssignmentQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"comment": PARTIES, "amendment": PARTIES}

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["nomination", "vetter"],
                condition=Q(status__in=["assigned", "assessed"]),
                name="vetting_once_a_vetter",
            ),
            models.CheckConstraint(
                condition=~Q(status="assessed") | (Q(assessed_at__isnull=False) & ~Q(view="")),
                name="vetting_assessed_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nomination}: {self.vetter}"


class AssessmentMark(models.Model):
    """What one vetter sees of one criterion."""

    class Mark(models.TextChoices):
        """Words, not numbers: nothing is added up."""

        CLEARLY = "clearly", _("clearly")
        PARTLY = "partly", _("partly")
        NOT_SEEN = "not seen", _("not seen")
        CANNOT_TELL = "cannot tell", _("cannot tell")

    assignment = models.ForeignKey(VettingAssignment, models.CASCADE, related_name="marks")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    mark = models.CharField(max_length=12, choices=Mark.choices)
    comment = models.TextField(max_length=WORDS_ROOM, blank=True)

    audiences: ClassVar[dict[str, str]] = {"comment": PARTIES}

    class Meta:
        verbose_name = _("mark")
        verbose_name_plural = _("marks")
        constraints = [models.UniqueConstraint(fields=["assignment", "criterion"], name="mark_once_a_criterion")]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.get_mark_display()}"


class AssessmentAnswer(models.Model):
    """What one vetter answers to one question of the form."""

    assignment = models.ForeignKey(VettingAssignment, models.CASCADE, related_name="answers")
    question = models.ForeignKey(VettingQuestion, models.PROTECT, related_name="+")
    text = models.TextField(max_length=WORDS_ROOM)

    audiences: ClassVar[dict[str, str]] = {"text": PARTIES}

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [models.UniqueConstraint(fields=["assignment", "question"], name="assessment_answer_once")]

    def __str__(self) -> str:
        return str(self.question)


class Recusal(models.Model):
    """Somebody who has nothing to do with a case any more: not one word of it reaches them, whatever their duty."""

    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="recusals")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("recusal")
        verbose_name_plural = _("recusals")
        constraints = [models.UniqueConstraint(fields=["nomination", "person"], name="recusal_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.nomination}"


class Concern(models.Model):
    """What somebody says to the vetting leads alone. It begins a conversation with them, and stops nothing by itself."""

    confidential_history = True

    class Status(models.TextChoices):
        """Only `ambassadors.vetting.workflow` moves it."""

        OPEN = "open", _("to be looked into")
        SETTLED = "settled", _("looked into")

    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="concerns")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    text = models.TextField(_("concern"), max_length=WORDS_ROOM)
    status = models.CharField(_("state"), max_length=10, choices=Status.choices, default=Status.OPEN)
    outcome = models.TextField(_("what came of it"), max_length=WORDS_ROOM, blank=True)
    said_at = models.DateTimeField(default=timezone.now)

    objects = ConcernQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"text": PARTIES, "outcome": PARTIES}

    class Meta:
        verbose_name = _("concern")
        verbose_name_plural = _("concerns")
        ordering = ["said_at", "pk"]

    def __str__(self) -> str:
        return str(_("Concern about %(nominee)s") % {"nominee": self.nomination})


class Decision(models.Model):
    """One decision about a case: what, by whom, for which reasons, and what its nominator is told, which is written apart from them."""

    class Outcome(models.TextChoices):
        """What was decided."""

        INVITE = "invite", _("invite")
        NOT_NOW = "not now", _("not now")
        DECLINE = "decline", _("decline")

    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="decisions")
    outcome = models.CharField(_("decision"), max_length=10, choices=Outcome.choices)
    reasons = models.TextField(_("reasons, for the file"), max_length=WORDS_ROOM)
    told = models.TextField(_("what the nominator is told"), max_length=WORDS_ROOM, blank=True)
    revisit_on = models.DateField(_("look at it again on"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = DecisionQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"reasons": PARTIES, "told": PARTIES}

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.nomination}: {self.get_outcome_display()}"


class ContactNote(models.Model):
    """A call, a letter or a talk that staff had with an ambassador, for staff alone; the person gets it with their archive."""

    class Kind(models.TextChoices):
        """How they spoke."""

        CALL = "call", _("call")
        MEETING = "meeting", _("meeting")
        LETTER = "letter", _("letter")
        OTHER = "other", _("other")

    ambassador = models.ForeignKey("ambassadors.Ambassador", models.CASCADE, related_name="contact_notes")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.CALL)
    text = models.TextField(_("what was said"), max_length=WORDS_ROOM)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False)
    on = models.DateField(_("on"), default=timezone.localdate)

    audiences: ClassVar[dict[str, str]] = {"text": Audience.STAFF}

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.on}"
