from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ambassadors.assistants.querysets import AssistantSeatQuerySet
from foundation.audiences import NOBODY, PARTIES


class AssistantRules(models.Model):
    """Whether ambassadors here may give an assistant a seat, and how far one reaches. There is one row, with key 1."""

    are_allowed = models.BooleanField(
        _("ambassadors may give an assistant a seat"),
        default=True,
        help_text=_("Switched off, every seat is closed at once; switched on again, those that nobody has taken back are open."),
    )
    may_speak = models.BooleanField(
        _("an assistant may be allowed to answer in their ambassador's name"),
        default=True,
        help_text=_("Each answer says through whom it came. Switched off, assistants prepare answers and ambassadors send them."),
    )

    class Meta:
        verbose_name = _("rules of assistants")
        verbose_name_plural = _("assistants: rules")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="assistant_rules_only_once")]

    def __str__(self) -> str:
        return str(_("rules of assistants"))

    @classmethod
    def current(cls) -> AssistantRules:
        """Return the rules in force; before anybody has set them, the defaults."""
        return cls._default_manager.filter(pk=1).first() or cls(pk=1)


class AssistantSeat(models.Model):
    """What one ambassador lets one assistant do for them. It opens nothing by itself: `open_to` says what holds at this moment."""

    class Status(models.TextChoices):
        """Only `ambassadors.assistants` moves it."""

        OFFERED = "offered", _("waits for the assistant's yes")
        TAKEN = "taken", _("taken")
        DECLINED = "declined", _("declined")
        REVOKED = "revoked", _("taken back")
        GIVEN_UP = "given up", _("given up by the assistant")
        ENDED = "ended", _("ended when the ambassador left")

    OPEN = (Status.OFFERED, Status.TAKEN)

    ambassador = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="assistant_seats")
    assistant = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="seats")
    name = models.CharField(_("their name"), max_length=120)
    email = models.EmailField(_("their e-mail address"))
    may_prepare = models.BooleanField(_("prepare answers, which I look at and send"), default=False)
    may_speak = models.BooleanField(_("answer in my name, shown as coming through them"), default=False)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OFFERED)
    offered_at = models.DateTimeField(default=timezone.now)
    taken_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    nonce = models.CharField(max_length=32, blank=True, editable=False)
    code_until = models.DateTimeField(null=True, blank=True, editable=False)
    code_tries = models.PositiveSmallIntegerField(default=0, editable=False)
    codes_sent = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = AssistantSeatQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"name": PARTIES, "email": PARTIES, "nonce": NOBODY}
    confidential_history = True  # what an assistant does for somebody is the business of the two

    class Meta:
        verbose_name = _("seat of an assistant")
        verbose_name_plural = _("seats of assistants")
        ordering = ["-offered_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                "ambassador", Lower("email"), condition=Q(status__in=["offered", "taken"]), name="assistant_seat_open_once"
            ),
            models.CheckConstraint(
                condition=~Q(status="taken") | Q(assistant__isnull=False), name="assistant_seat_taken_by_somebody"
            ),
        ]

    def __str__(self) -> str:
        return str(_("%(name)s, assistant") % {"name": self.name})

    @property
    def is_open(self) -> bool:
        """Whether it is offered or taken."""
        return self.status in self.OPEN
