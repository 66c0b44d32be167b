"""What members say of a resource, and whether its link still leads somewhere."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.audiences import OWN_CHOICE, PARTIES
from products.models.edition import Edition
from products.models.product import Product
from products.querysets.resources import LinkCheckQuerySet, ResourceUseQuerySet

USE_ROOM = 300


class ResourceUse(models.Model):
    """A member finds a resource useful and may say how they use it: to members, or, where they agreed to these very words, to everybody."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="uses")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    words = models.CharField(_("how you use it"), max_length=USE_ROOM, blank=True)
    is_public = models.BooleanField(_("everybody may read it, with my name"), default=False)
    agreed_to = models.TextField(blank=True, help_text=_("the very words they agreed to"))
    at = models.DateTimeField(default=timezone.now)

    objects = ResourceUseQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"words": OWN_CHOICE, "agreed_to": PARTIES}

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["product", "person"], name="resource_use_once_a_person"),
            models.CheckConstraint(condition=Q(is_public=False) | ~Q(words="", agreed_to=""), name="resource_use_agreed_to_words"),
        ]

    def __str__(self) -> str:
        return f"Use {self.pk} of product {self.product_id}"


class LinkCheck(models.Model):
    """What came back the last time somebody asked whether a published link leads anywhere."""

    edition = models.OneToOneField(Edition, models.CASCADE, related_name="link_check")
    url = models.CharField(max_length=500)
    said = models.CharField(max_length=200, blank=True)
    checked_at = models.DateTimeField(default=timezone.now)
    failing_since = models.DateTimeField(null=True, blank=True)

    objects = LinkCheckQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"url": PARTIES, "said": PARTIES}

    class Meta:
        ordering = ["failing_since", "pk"]

    def __str__(self) -> str:
        return f"Link of edition {self.edition_id}"
