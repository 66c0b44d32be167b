from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from correspondence.models.outgoing import new_nonce
from foundation.audiences import NOBODY, Audience
from foundation.models import Via
from products.models.edition import Edition, EditionFile
from products.models.product import Product
from products.querysets.window import CommunityReviewQuerySet, DownloadQuerySet, LaunchWishQuerySet, OpinionQuerySet


class CommunityReview(models.Model):
    """The days in which every ambassador can speak before an edition is public. Silence is assent."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="windows")
    revision = models.PositiveIntegerField()
    opened_at = models.DateTimeField(default=timezone.now)
    closes_at = models.DateTimeField(_("ends"))
    closed_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True, help_text=_("when everybody was told that it is open"))

    objects = CommunityReviewQuerySet.as_manager()

    confidential_history = True

    class Meta:
        verbose_name = _("community review")
        verbose_name_plural = _("community reviews")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition"], condition=Q(closed_at=None), name="community_review_one_open"),
            models.CheckConstraint(condition=Q(closes_at__gt=models.F("opened_at")), name="community_review_takes_time"),
        ]

    def __str__(self) -> str:
        return f"Community review {self.pk}"

    def get_absolute_url(self) -> str:
        """The page on which members read and speak."""
        return reverse("products:community-review-detail", args=[self.edition.product.slug])

    @property
    def is_open(self) -> bool:
        """Whether one can still speak (the same as `CommunityReviewQuerySet.open`)."""
        return self.closed_at is None and self.closes_at > timezone.now()


class Opinion(models.Model):
    """What one ambassador says of an edition before it is public: one opinion each, which they may change until the end.

    `revision` grows with each change, so that nobody answers or overrides words that they have not read.
    """

    class Kind(models.TextChoices):
        STANDS = "stands", _("I stand behind it")
        SUGGESTS = "suggests", _("I suggest a change")
        OBJECTS = "objects", _("I object")

    class Status(models.TextChoices):
        """An open objection keeps it from being published."""

        OPEN = "open", _("waits for an answer")
        ANSWERED = "answered", _("answered")
        OVERRIDDEN = "overridden", _("overridden")
        WITHDRAWN = "withdrawn", _("taken back")

    window = models.ForeignKey(CommunityReview, models.CASCADE, related_name="opinions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(_("what you say"), max_length=10, choices=Kind.choices)
    status = models.CharField(_("state"), max_length=12, choices=Status.choices, default=Status.OPEN)
    words = models.TextField(_("in your words"), max_length=5000, blank=True)
    revision = models.PositiveIntegerField(default=1)
    via = models.CharField(max_length=10, choices=Via.choices, default=Via.WEB)
    at = models.DateTimeField(default=timezone.now)
    answer = models.TextField(_("answer"), max_length=5000, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True, help_text=_("when they said that the answer settles it"))
    reopened_at = models.DateTimeField(null=True, blank=True, help_text=_("when they said that it does not: once"))
    override_reason = models.TextField(_("why it is published all the same"), max_length=2000, blank=True)
    overridden_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    overridden_at = models.DateTimeField(null=True, blank=True)

    objects = OpinionQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {
        "words": Audience.MEMBERS,
        "answer": Audience.MEMBERS,
        "override_reason": Audience.MEMBERS,
    }

    confidential_history = True

    class Meta:
        verbose_name = _("opinion")
        verbose_name_plural = _("opinions")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["window", "person"], name="opinion_once_a_person"),
            models.CheckConstraint(condition=Q(kind="stands") | ~Q(words=""), name="opinion_has_words"),
            models.CheckConstraint(
                condition=~Q(status="overridden") | ~Q(override_reason=""), name="opinion_overridden_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"Opinion {self.pk}"


class LaunchWish(models.Model):
    """Somebody wants to hear when an announced product is there: told once, and then forgotten."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="wishes")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+")
    address = models.EmailField(_("your e-mail address"), blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    nonce = models.CharField(max_length=32, default=new_nonce, editable=False)

    objects = LaunchWishQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"address": NOBODY, "nonce": NOBODY}
    confidential_history = True

    class Meta:
        constraints = [
            models.UniqueConstraint("product", Lower("address"), condition=~Q(address=""), name="launch_wish_once_an_address"),
            models.UniqueConstraint(fields=["product", "person"], name="launch_wish_once_a_person"),
            models.CheckConstraint(
                condition=Q(person__isnull=False) ^ ~Q(address=""), name="launch_wish_of_a_person_or_an_address"
            ),
        ]

    def __str__(self) -> str:
        return f"Wish {self.pk}"


class Download(models.Model):
    """How often a file was fetched on one day: a number, and nothing of whoever fetched it."""

    file = models.ForeignKey(EditionFile, models.CASCADE, related_name="downloads")
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    objects = DownloadQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "day"], name="download_row_once_a_day")]

    def __str__(self) -> str:
        return f"{self.day}: {self.count}"
