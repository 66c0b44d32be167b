from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ambassadors.models.criteria import CriteriaEdition, Criterion
from ambassadors.nominations.matching import keys_of
from ambassadors.nominations.querysets import NominationMatchQuerySet, NominationQuerySet
from foundation.audiences import NOBODY, PARTIES
from foundation.models import RoleLabel, Sector, Via

WORDS_ROOM = 3000  # characters of one long answer


class Nomination(models.Model):
    """Somebody whom an ambassador puts forward, from a sentence on the prospect list to the decision.

    Its nominator reads their own words and where it stands, in words. The case (what vetters, leads and deciders wrote of it) is for
    those with a duty in it, and never for somebody who has recused themselves. A case that is over for long keeps its dates, its
    state and a keyed hash of the address, and nothing else (`cleared_at`).
    """

    confidential_history = True

    class Status(models.TextChoices):
        """Only `ambassadors.nominations`, `.vetting`, `.slates` and `.inviting` move it."""

        PROSPECT = "prospect", _("on the prospect list")
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")
        VETTING = "vetting", _("in vetting")
        SLATE = "slate", _("on a slate")
        APPROVED = "approved", _("approved")
        NOT_NOW = "not now", _("not now")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")
        JOINED = "joined to another", _("joined to an earlier nomination")

    class Conflict(models.TextChoices):
        """Whether the nominator has an interest of their own in it."""

        NONE = "none", _("I have none")
        SOME = "some", _("I have one, and say which")

    class Knows(models.TextChoices):
        """Whether the nominee has been told."""

        YES = "yes", _("Yes, I have asked")
        NO = "no", _("No, not yet")

    nominator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="nominations",
        verbose_name=_("nominated by"),
    )
    nominee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="cases", editable=False
    )  # once they have an account: whatever duty they take on later, this case stays closed to them
    status = models.CharField(_("state"), max_length=20, choices=Status.choices, default=Status.DRAFT)
    criteria = models.ForeignKey(
        CriteriaEdition, models.PROTECT, null=True, blank=True, related_name="nominations", verbose_name=_("criteria")
    )
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"), blank=True)
    organization = models.CharField(_("organisation"), max_length=160, blank=True)
    job_title = models.CharField(_("what they do there"), max_length=120, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    sector = models.ForeignKey(Sector, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("sector"))
    role_labels = models.ManyToManyField(RoleLabel, blank=True, related_name="+", verbose_name=_("role labels"))
    reason = models.CharField(_("why them, in a sentence"), max_length=500, blank=True)
    relation = models.TextField(_("how you know each other"), max_length=WORDS_ROOM, blank=True)
    conflict = models.CharField(_("an interest of your own in it"), max_length=4, choices=Conflict.choices, blank=True)
    conflict_text = models.TextField(_("which one"), max_length=WORDS_ROOM, blank=True)
    nominee_knows = models.CharField(_("do they know?"), max_length=3, choices=Knows.choices, blank=True)
    slate_text = models.TextField(
        _("text for the slate"),
        max_length=1200,
        blank=True,
        help_text=_("What all ambassadors read of them. Nothing else of the nomination is shown there."),
    )
    revision = models.PositiveIntegerField(default=1, editable=False)
    via = models.CharField(max_length=10, choices=Via.choices, default=Via.WEB, editable=False)
    joined_to = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="joined", editable=False)
    revisit_on = models.DateField(_("to be looked at again on"), null=True, blank=True)
    created_at = models.DateTimeField(_("begun"), default=timezone.now, editable=False)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True, editable=False)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True, editable=False)
    invited_at = models.DateTimeField(_("invited"), null=True, blank=True, editable=False)
    joined_at = models.DateTimeField(_("joined"), null=True, blank=True, editable=False)  # both outlive the invitation
    cleared_at = models.DateTimeField(null=True, blank=True, editable=False)
    name_key = models.CharField(max_length=120, blank=True, editable=False, db_index=True)
    email_key = models.CharField(max_length=254, blank=True, editable=False, db_index=True)
    organization_key = models.CharField(max_length=160, blank=True, editable=False)
    address_hash = models.CharField(max_length=64, blank=True, editable=False, db_index=True)

    objects = NominationQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {
        "name": PARTIES,  # the same for all: nominator and those with a duty in the case; on an open slate, also members
        "email": PARTIES,
        "organization": PARTIES,
        "job_title": PARTIES,
        "place": PARTIES,
        "reason": PARTIES,
        "relation": PARTIES,
        "conflict_text": PARTIES,
        "slate_text": PARTIES,
        "name_key": NOBODY,
        "email_key": NOBODY,
        "organization_key": NOBODY,
        "address_hash": NOBODY,
    }

    class Meta:
        verbose_name = _("nomination")
        verbose_name_plural = _("nominations")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["status", "submitted_at", "id"], name="nomination_queue")]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["prospect", "draft", "withdrawn", "joined to another"])
                | Q(criteria__isnull=False, submitted_at__isnull=False),
                name="nomination_submitted_has_criteria_and_date",
            ),
            models.CheckConstraint(
                condition=~Q(status="not now") | Q(revisit_on__isnull=False), name="nomination_not_now_comes_back"
            ),
            models.CheckConstraint(
                condition=Q(status="joined to another") | Q(joined_to__isnull=True), name="nomination_joined_only_when_joined"
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(_("a former nominee"))

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the keys by which the same person is found beside the words they are made of."""
        self.name_key, self.email_key, self.organization_key = keys_of(self.name, self.email, self.organization)
        fields = kwargs.get("update_fields")
        if fields is not None:
            kwargs["update_fields"] = {*fields, "name_key", "email_key", "organization_key"}  # type: ignore[misc]
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        return reverse("ambassadors:nomination-detail", args=[self.pk])


class Evidence(models.Model):
    """What the nominator has seen that speaks for one criterion."""

    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="evidence")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    text = models.TextField(_("what you have seen"), max_length=WORDS_ROOM)

    audiences: ClassVar[dict[str, str]] = {"text": PARTIES}

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["criterion__position", "pk"]
        constraints = [models.UniqueConstraint(fields=["nomination", "criterion"], name="evidence_once_a_criterion")]

    def __str__(self) -> str:
        return str(_("Evidence for “%(criterion)s”") % {"criterion": self.criterion})


class NominationMatch(models.Model):
    """A nomination that may speak of somebody who is known here already: flagged to the vetting leads, never to its nominator."""

    class Status(models.TextChoices):
        """Only `ambassadors.nominations.workflow` moves it."""

        OPEN = "open", _("to be looked at")
        SAME = "same", _("the same person")
        DIFFERENT = "different", _("somebody else")

    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="matches")
    other = models.ForeignKey(Nomination, models.CASCADE, null=True, blank=True, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+")
    status = models.CharField(_("state"), max_length=10, choices=Status.choices, default=Status.OPEN)
    found_at = models.DateTimeField(default=timezone.now)

    objects = NominationMatchQuerySet.as_manager()

    confidential_history = True

    class Meta:
        verbose_name = _("possible double")
        verbose_name_plural = _("possible doubles")
        ordering = ["-found_at"]
        constraints = [
            models.UniqueConstraint(fields=["nomination", "other", "person"], nulls_distinct=False, name="nomination_match_once"),
            models.CheckConstraint(condition=Q(other__isnull=True) ^ Q(person__isnull=True), name="nomination_match_of_one"),
        ]

    def __str__(self) -> str:
        return f"{self.nomination} ~ {self.other or self.person}"
