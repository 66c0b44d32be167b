from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from discussions.querysets import SpaceQuerySet, SpaceRequestQuerySet, SpaceRoleQuerySet
from foundation.audiences import PARTIES, Audience


class Space(models.Model):
    """Where threads live: a topic for the whole community, or a micro-community with its own purpose, roles and life-span."""

    class Kind(models.TextChoices):
        """A topic is for everybody and has no end; a micro-community is for the people in it."""

        TOPIC = "topic", _("topic for everybody")
        MICRO = "micro-community", _("micro-community")

    class Openness(models.TextChoices):
        """Who reads what is said in it. Of a closed one everybody reads the name and the purpose, of a hidden one nobody outside."""

        OPEN = "open", _("open to all ambassadors")
        CLOSED = "closed", _("visible to all, for its people only")
        HIDDEN = "hidden", _("known to its people only")

    class Status(models.TextChoices):
        """A space that has ended can be read by whoever could, and nothing is added to it."""

        ACTIVE = "active", _("active")
        ENDED = "ended", _("ended")

    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.MICRO)
    openness = models.CharField(_("who reads it"), max_length=10, choices=Openness.choices, default=Openness.OPEN)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ACTIVE)
    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(max_length=80, unique=True)
    purpose = models.TextField(_("what it is for"), max_length=1000)
    outcome = models.TextField(_("what there should be at the end"), max_length=1000, blank=True)
    headlines_only = models.BooleanField(_("what is said here stays out of mail"), default=False)
    starts_on = models.DateField(_("begins on"), null=True, blank=True)
    ends_on = models.DateField(_("is to end on"), null=True, blank=True)
    outcome_note = models.TextField(_("what came of it"), max_length=5000, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    reminded_for = models.DateField(
        null=True, blank=True, help_text=_("the day of its end of which its leaders have been reminded")
    )
    leader_wanted_at = models.DateTimeField(
        null=True, blank=True, help_text=_("since when nobody leads it; empty while somebody does")
    )
    unattended_since = models.DateTimeField(
        null=True, blank=True, help_text=_("since when none of its leaders is here; empty while one is")
    )
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = SpaceQuerySet.as_manager()
    known_roles: Mapping[int, frozenset[str]]  # by the key of a person, where they were read with the space

    audiences: ClassVar[dict[str, str]] = {
        "name": Audience.MEMBERS,
        "slug": Audience.MEMBERS,
        "purpose": Audience.MEMBERS,
        "outcome": Audience.MEMBERS,
        "outcome_note": PARTIES,
    }
    confidential_history = True  # of a hidden one, staff outside it know nothing

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(kind="topic") | Q(openness="open"), name="space_topic_is_open"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(starts_on=None) | Q(ends_on__gte=models.F("starts_on")), name="space_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("discussions:space-detail", args=[self.slug])

    @property
    def is_topic(self) -> bool:
        """Whether it is for the whole community."""
        return self.kind == self.Kind.TOPIC

    @property
    def has_ended(self) -> bool:
        """Whether it can be read, and nothing more."""
        return self.status == self.Status.ENDED


class SpaceRole(models.Model):
    """What one person is in a space. Somebody may hold several roles; each has rights of its own (discussions/rules.py)."""

    class Role(models.TextChoices):
        """A leader runs it, a participant starts threads and answers, an advisor answers, a promoter reads and carries it outside."""

        LEADER = "leader", _("leader")
        PARTICIPANT = "participant", _("participant")
        ADVISOR = "advisor", _("advisor")
        PROMOTER = "promoter", _("promoter")

    space = models.ForeignKey(Space, models.CASCADE, related_name="roles")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    role = models.CharField(_("role"), max_length=12, choices=Role.choices, default=Role.PARTICIPANT)
    since = models.DateTimeField(default=timezone.now)
    is_acting = models.BooleanField(default=False, help_text=_("leads only until a leader is back, or somebody takes the lead"))

    objects = SpaceRoleQuerySet.as_manager()

    class Meta:
        ordering = ["role", "since", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["space", "person", "role"], name="space_role_once"),
            models.CheckConstraint(condition=Q(is_acting=False) | Q(role="leader"), name="space_role_acts_as_leader"),
        ]
        indexes = [models.Index(fields=["person", "space"], name="space_roles_of_person")]

    def __str__(self) -> str:
        return f"{self.person}: {self.role} of space {self.space_id}"


class SpaceRequest(models.Model):
    """Somebody asks to join as a role, or is asked to (`invited_by`). Whoever did not ask answers."""

    class Status(models.TextChoices):
        """It waits until it is answered or taken back."""

        ASKED = "asked", _("waits for an answer")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("taken back")

    space = models.ForeignKey(Space, models.CASCADE, related_name="requests")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    role = models.CharField(_("role"), max_length=12, choices=SpaceRole.Role.choices, default=SpaceRole.Role.PARTICIPANT)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    is_invitation = models.BooleanField(default=False)
    is_handover = models.BooleanField(default=False, help_text=_("the leader who invites steps back when it is accepted"))
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ASKED)
    words = models.TextField(_("a word about it"), max_length=1000, blank=True)
    answer = models.TextField(_("answer"), max_length=1000, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = SpaceRequestQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"words": PARTIES, "answer": PARTIES}
    confidential_history = True

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["space", "person", "role"], condition=Q(status="asked"), name="space_request_waits_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} as {self.role} of space {self.space_id}"
