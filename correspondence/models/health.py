from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from correspondence.models.outgoing import OutgoingMail
from correspondence.querysets_health import AddressHealthQuerySet, MailFailureQuerySet
from foundation.audiences import NOBODY, PARTIES, Audience


class AddressHealth(models.Model):
    """Whether mail may go to one address. There is a row once something came back from it; without one, mail may.

    What comes back pauses optional mail after a while, a complaint stops it at once. Codes, invitations and what else must come go
    on. The person says that the address works again with a code mailed there.
    """

    class State(models.TextChoices):
        """Where optional mail to the address stands."""

        WORKING = "working", _("mail goes there")
        PAUSED = "paused", _("paused: our mail came back")
        COMPLAINED = "complained", _("stopped: a mail of ours was reported as unwanted")

    address = models.EmailField(unique=True, help_text=_("in small letters"))
    state = models.CharField(max_length=10, choices=State.choices, default=State.WORKING)
    changed_at = models.DateTimeField(_("since"), default=timezone.now)
    counts_from = models.DateTimeField(null=True, blank=True, help_text=_("what came back of mails sent earlier counts no more"))
    nonce = models.CharField(max_length=32, blank=True, help_text=_("of the code that was mailed last"))
    asked_at = models.DateTimeField(null=True, blank=True, help_text=_("when that code was asked for"))
    tries = models.PositiveSmallIntegerField(default=0, help_text=_("how often it was typed wrong"))

    objects = AddressHealthQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"address": Audience.STAFF, "nonce": NOBODY}

    class Meta:
        verbose_name = _("address that mail came back from")
        verbose_name_plural = _("addresses that mail came back from")
        indexes = [models.Index(fields=["-changed_at"], condition=~models.Q(state="working"), name="address_mail_is_stopped")]

    def __str__(self) -> str:
        return f"Address {self.pk}"  # history keeps this text for ever, and an address is a person's

    @property
    def is_stopped(self) -> bool:
        """Whether optional mail is held back."""
        return self.state != self.State.WORKING


class MailFailure(models.Model):
    """One thing that came back from an address. The same report twice is one row."""

    class Kind(models.TextChoices):
        """What it says of the address."""

        HARD = "hard", _("there is no such mailbox")
        SOFT = "soft", _("the mailbox did not take it this time")
        POLICY = "policy", _("the mail was refused for what it is or whence it came")
        COMPLAINT = "complaint", _("it was reported as unwanted")

    health = models.ForeignKey(AddressHealth, models.CASCADE, related_name="failures")
    mail = models.ForeignKey(OutgoingMail, models.SET_NULL, null=True, blank=True, related_name="+")
    identity = models.CharField(max_length=200, unique=True, help_text=_("of the report, so that it counts once"))
    kind = models.CharField(max_length=10, choices=Kind.choices)
    words = models.CharField(max_length=400, blank=True, help_text=_("what the other mail server said"))
    sent_at = models.DateTimeField(help_text=_("when the mail left that came back"))
    at = models.DateTimeField(default=timezone.now)

    objects = MailFailureQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"identity": NOBODY, "words": PARTIES}

    class Meta:
        verbose_name = _("mail that came back")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["health", "-sent_at"], name="mail_failure_of_address")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}"
