from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.audiences import PARTIES, Audience
from foundation.models import Upload
from products.models.product import Product
from products.querysets.credits import CreditQuerySet


class Credit(models.Model):
    """Somebody who had a hand in a product, as what, and how they agreed to be named: the card stays when they leave.

    An author writes, whether or not they are named. Nobody is named before they have agreed (`agreed_at`), nor after they took it back.
    """

    class Role(models.TextChoices):
        AUTHOR = "author", _("author")
        CONTRIBUTOR = "contributor", _("contributor")
        REVIEWER = "reviewer", _("reviewer")

    product = models.ForeignKey(Product, models.CASCADE, related_name="credits")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    role = models.CharField(_("as"), max_length=12, choices=Role.choices, default=Role.AUTHOR)
    position = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(_("name"), max_length=120, blank=True)
    title = models.CharField(_("title"), max_length=120, blank=True)
    tagline = models.CharField(_("in one line"), max_length=200, blank=True)
    photo = models.ForeignKey(Upload, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("photo"))
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_to = models.TextField(blank=True, help_text=_("the very words they agreed to"))
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = CreditQuerySet.as_manager()

    holds_uploads = True
    audiences: ClassVar[dict[str, str]] = {
        "name": Audience.PUBLIC,
        "title": Audience.PUBLIC,
        "tagline": Audience.PUBLIC,
        "agreed_to": PARTIES,
    }
    confidential_history = True

    class Meta:
        ordering = ["role", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["product", "person", "role"], name="credit_once_a_role"),
            models.CheckConstraint(condition=Q(agreed_at=None) | ~Q(name="", agreed_to=""), name="credit_agreed_to_something"),
        ]

    def __str__(self) -> str:
        return f"Credit {self.pk} of product {self.product_id}"
