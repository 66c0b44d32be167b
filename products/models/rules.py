from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from products.models.product import Product
from products.querysets.duties import KindRulesQuerySet

DEFAULTS = {  # reviews needed, days for a review, days of community review
    Product.Kind.STRATEGIC: (3, 28, 21),
    Product.Kind.KICKSTARTER: (2, 14, 10),
    Product.Kind.INSIGHT: (1, 14, 10),
    Product.Kind.ARTICLE: (2, 14, 7),
    Product.Kind.WHITE_PAPER: (2, 21, 14),
    Product.Kind.RESOURCE: (0, 10, 0),
    Product.Kind.ASSESSMENT: (3, 28, 21),
}


class KindRules(models.Model):
    """The numbers by which a product of one kind becomes public."""

    kind = models.CharField(_("kind"), max_length=20, choices=Product.Kind.choices, unique=True)
    reviews_needed = models.PositiveSmallIntegerField(
        _("reviews needed"), help_text=_("Nothing of this kind is published with fewer. Zero: an editor's look is enough.")
    )
    review_days = models.PositiveSmallIntegerField(_("days for a review"), validators=[MinValueValidator(1)])
    window_days = models.PositiveSmallIntegerField(
        _("days of community review"),
        validators=[MaxValueValidator(90)],
        help_text=_("How long every ambassador can speak before it is public. Zero: there is no such time."),
    )

    objects = KindRulesQuerySet.as_manager()

    class Meta:
        verbose_name = _("rules of a kind of product")
        verbose_name_plural = _("products: rules")
        ordering = ["kind"]

    def __str__(self) -> str:
        return str(Product.Kind(self.kind).label)

    @classmethod
    def of(cls, kind: str) -> KindRules:
        """Return the rules of a kind; before anybody has set them, the defaults, unsaved."""
        return cls._default_manager.filter(kind=kind).first() or cls.usual(kind)

    @classmethod
    def of_all(cls) -> dict[str, KindRules]:
        """Return the rules of every kind, in one query."""
        own = {rules.kind: rules for rules in cls._default_manager.all()}
        return {kind: own.get(kind) or cls.usual(kind) for kind in Product.Kind.values}

    @classmethod
    def usual(cls, kind: str) -> KindRules:
        """Return the defaults of a kind, unsaved."""
        reviews, days, window = DEFAULTS[Product.Kind(kind)]
        return cls(kind=kind, reviews_needed=reviews, review_days=days, window_days=window)
