from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.audiences import PARTIES
from foundation.models import Via
from products.models.credit import Credit
from products.models.product import Product
from products.querysets.credits import AuthorInvitationQuerySet


class AuthorInvitation(models.Model):
    """Somebody is asked to write a product with its authors, or to be named as one who helped. Without a yes they are neither."""

    class Status(models.TextChoices):
        ASKED = "asked", _("asked")
        ACCEPTED = "accepted", _("said yes")
        DECLINED = "declined", _("said no")
        WITHDRAWN = "withdrawn", _("taken back")

    product = models.ForeignKey(Product, models.CASCADE, related_name="invitations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    role = models.CharField(_("as"), max_length=12, choices=Credit.Role.choices, default=Credit.Role.AUTHOR)
    words = models.TextField(_("a word to them"), max_length=1000, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ASKED, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    via = models.CharField(max_length=10, choices=Via.choices, default=Via.WEB)

    objects = AuthorInvitationQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"words": PARTIES}
    confidential_history = True

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "person", "role"], condition=Q(status="asked"), name="author_invitation_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"Invitation {self.pk} to product {self.product_id}"
