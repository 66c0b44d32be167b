from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ambassadors.inviting.querysets import InvitationQuerySet, InvitationWishQuerySet
from ambassadors.models.ambassador import Ambassador
from ambassadors.models.commitments import CommitmentsEdition
from ambassadors.models.nomination import Nomination
from foundation.audiences import NOBODY, PARTIES
from foundation.models.token import new_nonce


class Invitation(models.Model):
    """One seat for one approved nominee: waiting in order while all seats are taken, then sent, then answered."""

    confidential_history = True

    class Status(models.TextChoices):
        """Only `ambassadors.inviting.workflow` moves it. WAITING takes no seat; SENT holds one."""

        WAITING = "waiting", _("waits for a seat")
        SENT = "sent", _("sent")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined by the nominee")
        EXPIRED = "expired", _("out of date")
        WITHDRAWN = "withdrawn", _("withdrawn")

    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="invitations")
    status = models.CharField(_("state"), max_length=10, choices=Status.choices, default=Status.WAITING)
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"))
    cosigner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("signed with")
    )
    note = models.TextField(_("a personal word"), max_length=1200, blank=True)
    nonce = models.CharField(max_length=32, default=new_nonce, editable=False)  # from which the code is derived
    code_until = models.DateTimeField(null=True, blank=True, editable=False)
    code_tries = models.PositiveSmallIntegerField(default=0, editable=False)
    codes_sent = models.PositiveSmallIntegerField(default=0, editable=False)  # for the link of today
    affirmed = models.ForeignKey(
        CommitmentsEdition, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("affirmed"), editable=False
    )
    profile = models.JSONField(default=dict, blank=True, editable=False)  # as confirmed on the page, until the person has joined
    queued_at = models.DateTimeField(_("approved"), default=timezone.now, editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True, editable=False)
    expires_at = models.DateTimeField(_("open until"), null=True, blank=True, editable=False)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True, editable=False)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True, editable=False)
    decline_reason = models.TextField(_("why not"), max_length=1200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False)

    objects = InvitationQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {
        "name": PARTIES,
        "email": PARTIES,
        "note": PARTIES,
        "nonce": NOBODY,
        "profile": PARTIES,
        "decline_reason": PARTIES,
    }

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["queued_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["nomination"],
                condition=Q(status__in=["waiting", "sent", "accepted"]),
                name="invitation_one_open_a_nomination",
            ),
            models.CheckConstraint(
                condition=~Q(status="sent") | Q(sent_at__isnull=False, expires_at__isnull=False),
                name="invitation_sent_has_its_days",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class InvitationWish(models.Model):
    """What somebody with a link asks of the vetting leads: a new one, the same at another address of theirs, a call with somebody."""

    class Kind(models.TextChoices):
        """What is asked for."""

        NEW = "new", _("a new link")
        ADDRESS = "address", _("the same at another address")
        CALL = "call", _("a call with an ambassador")

    class Status(models.TextChoices):
        """Only `ambassadors.inviting.workflow` moves it."""

        OPEN = "open", _("open")
        GRANTED = "granted", _("granted")
        REFUSED = "refused", _("refused")

    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="wishes")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    email = models.EmailField(_("other address"), blank=True)
    person = models.ForeignKey(
        Ambassador, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("with whom"), editable=False
    )
    words = models.TextField(_("in their words"), max_length=1200, blank=True)
    status = models.CharField(_("state"), max_length=10, choices=Status.choices, default=Status.OPEN)
    asked_at = models.DateTimeField(default=timezone.now)

    objects = InvitationWishQuerySet.as_manager()

    confidential_history = True

    audiences: ClassVar[dict[str, str]] = {"email": PARTIES, "words": PARTIES}

    class Meta:
        verbose_name = _("wish about an invitation")
        verbose_name_plural = _("wishes about invitations")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["invitation", "kind", "email"], condition=Q(status="open"), name="invitation_wish_once_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.invitation}: {self.get_kind_display()}"
