from __future__ import annotations

import secrets
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from correspondence.querysets_update import SubscriptionQuerySet, UpdateQuerySet
from foundation.audiences import NOBODY, PARTIES, Audience
from foundation.fields import RichTextField


class Update(models.Model):
    """One letter to everybody who wants to hear of the community: words of our own around what is published anyway.

    What a passage picks is kept by its key and read live, in the mail as on the site: what was withdrawn since is no longer said.
    `revision` grows with every save, so that nobody sends or overwrites words which they have not seen.
    """

    class Status(models.TextChoices):
        """Only `correspondence.update.workflow` moves it."""

        DRAFT = "draft", _("draft")
        SCHEDULED = "scheduled", _("goes out at its time")
        SENDING = "sending", _("is going out")
        SENT = "sent", _("sent")
        STOPPED = "stopped", _("stopped")
        WITHDRAWN = "withdrawn", _("taken from the site")

    title = models.CharField(_("title"), max_length=140, help_text=_("The subject of the mail, and the title of its page."))
    slug = models.SlugField(_("address"), max_length=100, unique=True, help_text=_("The last part of its address: /news/update/…/"))
    lead = models.CharField(
        _("lead"), max_length=200, blank=True, help_text=_("One sentence. Mail programs show it beside the subject.")
    )
    opening = RichTextField(_("words at the beginning"), blank=True)
    closing = RichTextField(_("words at the end"), blank=True)
    status = models.CharField(_("state"), max_length=10, choices=Status.choices, default=Status.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    send_at = models.DateTimeField(_("goes out"), null=True, blank=True)
    zone = models.CharField(_("time zone"), max_length=60, blank=True, help_text=_("in which its time was chosen"))
    began_at = models.DateTimeField(_("sent"), null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    posted = models.PositiveIntegerField(_("mails"), default=0)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = UpdateQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {
        "title": Audience.PUBLIC,
        "slug": Audience.PUBLIC,
        "lead": Audience.PUBLIC,
        "opening": Audience.PUBLIC,
        "closing": Audience.PUBLIC,
        "zone": Audience.STAFF,
    }

    class Meta:
        verbose_name = _("Update")
        verbose_name_plural = _("Updates")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(status="scheduled") | Q(send_at__isnull=False), name="update_scheduled_has_time"),
            models.CheckConstraint(
                condition=~Q(status__in=["sending", "sent", "withdrawn"]) | Q(began_at__isnull=False), name="update_out_has_its_day"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_out(self) -> bool:
        """Whether visitors read it now (the same as `UpdateQuerySet.out`)."""
        return self.status in {self.Status.SENDING, self.Status.SENT}

    @property
    def mail_key(self) -> str:
        """What the key of each of its mails begins with, before a colon."""
        return f"update:{self.pk}"

    @property
    def words_mark(self) -> str:
        """A mark of what somebody has read before they press a button."""
        return str(self.revision)


class UpdatePart(models.Model):
    """One passage: a heading, words of our own, something published, or any of the three."""

    update = models.ForeignKey(Update, models.CASCADE, related_name="parts")
    position = models.PositiveSmallIntegerField(_("place"), default=10)
    heading = models.CharField(_("heading"), max_length=120, blank=True)
    words = RichTextField(_("words"), blank=True)
    source = models.CharField(max_length=30, blank=True)
    item = models.CharField(max_length=60, blank=True)

    objects = models.Manager()

    audiences: ClassVar[dict[str, str]] = {
        "heading": Audience.PUBLIC,
        "words": Audience.PUBLIC,
        "source": Audience.STAFF,
        "item": Audience.STAFF,
    }

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        ordering = ["position", "pk"]
        constraints = [models.CheckConstraint(condition=~(Q(source="") ^ Q(item="")), name="update_part_item_has_source")]

    def __str__(self) -> str:
        return self.heading or f"Passage {self.pk}"


def new_nonce() -> str:
    """128 random bits from which the link of one subscription is derived."""
    return secrets.token_hex(16)


class Subscription(models.Model):
    """Somebody without an account wants the Update. It holds an address and two dates, and goes when its owner says so.

    The link that shows and deletes it is derived from `nonce`, and stored nowhere.
    """

    class Status(models.TextChoices):
        """Only `correspondence.update.subscribing` moves it."""

        ASKED = "asked", _("waits until the owner of the address confirms")
        CONFIRMED = "confirmed", _("gets the Update")

    address = models.EmailField(unique=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ASKED)
    nonce = models.CharField(max_length=32, default=new_nonce)
    asked_at = models.DateTimeField(default=timezone.now, db_index=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = SubscriptionQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"address": PARTIES, "nonce": NOBODY}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="confirmed") | Q(confirmed_at__isnull=False), name="subscription_confirmed_has_date"
            )
        ]

    def __str__(self) -> str:
        return f"Subscription {self.pk}"
