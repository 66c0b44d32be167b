from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.contact.querysets import ContactMessageQuerySet
from foundation.audiences import NOBODY, Audience

LONGEST = 5000


class ContactMessage(models.Model):
    """What somebody wrote to the team through the contact form. It is here before they read "thank you".

    How long it stays: one that was never confirmed for 7 days, one that was answered or closed for 180 (`community.contact.workflow`).
    """

    class Status(models.TextChoices):
        """Only `community.contact.workflow` moves it."""

        ASKED = "asked", _("waits until its writer confirms the address")
        OPEN = "open", _("waits for an answer")
        ANSWERED = "answered", _("answered")
        CLOSED = "closed", _("closed without an answer from here")

    nonce = models.CharField(max_length=32, unique=True, help_text=_("of the page it was written on: sending it twice is once"))
    name = models.CharField(_("name"), max_length=120)
    address = models.EmailField(_("e-mail address"))
    to = models.ForeignKey("community.TeamMember", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("for"))
    subject = models.CharField(_("subject"), max_length=150)
    words = models.TextField(_("message"), max_length=LONGEST)
    status = models.CharField(_("state"), max_length=10, choices=Status.choices, default=Status.OPEN)
    received_at = models.DateTimeField(_("received"), default=timezone.now, db_index=True)
    confirmation_asked = models.BooleanField(default=False, help_text=_("whether a mail asked its writer to confirm"))
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    answer = models.TextField(_("answer"), max_length=LONGEST, blank=True)

    objects = ContactMessageQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {
        "nonce": NOBODY,
        "name": Audience.STAFF,
        "address": Audience.STAFF,
        "subject": Audience.STAFF,
        "words": Audience.STAFF,
        "answer": Audience.STAFF,
    }

    class Meta:
        verbose_name = _("message from the contact form")
        verbose_name_plural = _("messages from the contact form")
        ordering = ["-received_at", "-pk"]
        indexes = [models.Index(fields=["received_at"], condition=models.Q(status="open"), name="contact_that_waits")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=["asked", "open"]) | models.Q(settled_at__isnull=False),
                name="contact_settled_has_date",
            )
        ]

    def __str__(self) -> str:
        return f"Message {self.pk}"
