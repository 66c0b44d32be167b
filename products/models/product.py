from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from discussions.models import Space
from foundation.audiences import Audience
from foundation.models import Pillar, Topic
from products.models.readership import Readership
from products.querysets.products import ProductAddressQuerySet, ProductQuerySet


class Product(models.Model):
    """Something the community makes and the public reads. What it says is in its editions; here is what all of them share.

    `newest` is its latest edition in whatever state, `current` the one that its address shows. Both move under the lock of this row.
    """

    class Kind(models.TextChoices):
        """What it is, and so what it needs (products/kinds.py)."""

        STRATEGIC = "strategic-product", _("strategic product")
        KICKSTARTER = "kickstarter", _("kickstarter")
        INSIGHT = "insight", _("insight")
        ARTICLE = "article", _("article")
        WHITE_PAPER = "white-paper", _("white paper")
        RESOURCE = "resource", _("resource")
        ASSESSMENT = "assessment", _("assessment")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    slug = models.SlugField(_("last part of the address"), max_length=90, unique=True)
    newest: models.ForeignKey[Any, Any] = models.ForeignKey(
        "products.Edition", models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    current: models.ForeignKey[Any, Any] = models.ForeignKey(
        "products.Edition", models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    pillars: models.ManyToManyField[Any, Any] = models.ManyToManyField(
        Pillar, blank=True, related_name="products", verbose_name=_("pillars")
    )
    topics: models.ManyToManyField[Any, Any] = models.ManyToManyField(
        Topic, blank=True, related_name="products", verbose_name=_("topics")
    )
    readership = models.ForeignKey(
        Readership, models.PROTECT, null=True, blank=True, related_name="products", verbose_name=_("audience")
    )
    explains = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="kickstarters", verbose_name=_("the product it explains")
    )
    space = models.ForeignKey(
        Space, models.SET_NULL, null=True, blank=True, related_name="products", verbose_name=_("written in the space")
    )
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("editor")
    )
    expected_on = models.DateField(_("expected in"), null=True, blank=True, help_text=_("The first day of a month."))
    announced_as = models.CharField(_("announced as"), max_length=300, blank=True)
    announcement = models.TextField(_("what is to come"), max_length=500, blank=True)
    announced_at = models.DateTimeField(null=True, blank=True, editable=False)
    moved_to = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("its readers now go to")
    )
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = ProductQuerySet.as_manager()

    # Until it is announced or published, it is its makers': the pages ask `visible_to`.
    audiences: ClassVar[dict[str, str]] = {
        "slug": Audience.PUBLIC,
        "announced_as": Audience.PUBLIC,
        "announcement": Audience.PUBLIC,
    }
    confidential_history = True  # of a draft in a closed space, staff outside it know nothing

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(explains=None) | ~Q(explains=models.F("pk")), name="product_explains_another"),
            models.CheckConstraint(condition=Q(moved_to=None) | ~Q(moved_to=models.F("pk")), name="product_moved_elsewhere"),
            models.CheckConstraint(
                condition=Q(announced_at=None) | Q(expected_on__isnull=False), name="product_announced_for_a_month"
            ),
            models.CheckConstraint(condition=Q(announced_at=None) | ~Q(announced_as=""), name="product_announced_as_something"),
        ]

    def __str__(self) -> str:
        return f"Product {self.slug}"

    def get_absolute_url(self) -> str:
        return reverse("products:product-detail", args=[self.slug])

    @property
    def known_as(self) -> str:
        """The title that everybody may know: of the edition that is out, or else the one it was announced as, whatever its draft says."""
        return self.current.title if self.current is not None else self.announced_as


class ProductAddress(models.Model):
    """An address under which a product was known before: it leads to the one of today, and is nobody else's."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="former_addresses")
    slug = models.SlugField(max_length=90, unique=True)

    objects = ProductAddressQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"slug": Audience.PUBLIC}

    def __str__(self) -> str:
        return f"Former address {self.pk}"
