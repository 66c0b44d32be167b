from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from community.models.page import PAGE_KEYS
from community.stories.querysets.quotations import QuotationQuerySet
from foundation.audiences import Audience


class Quotation(models.Model):
    """Words worth a place of their own on a page. Where a page has several, they take turns by the day."""

    text = models.TextField(_("words"), max_length=500, help_text=_("Without quotation marks: the page puts them."))
    author = models.CharField(_("who said it"), max_length=120)
    source = models.CharField(
        _("where"), max_length=200, blank=True, help_text=_("The book, speech or conversation, with its year.")
    )
    page = models.CharField(_("on the page"), max_length=20, choices=PAGE_KEYS, default="home")
    shown_from = models.DateField(_("from"), null=True, blank=True)
    shown_until = models.DateField(_("until"), null=True, blank=True, help_text=_("The last day on which it is shown (UTC)."))
    position = models.PositiveSmallIntegerField(_("turn"), default=10, help_text=_("Those of one page take turns in this order."))

    objects = QuotationQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"text": Audience.PUBLIC, "author": Audience.PUBLIC, "source": Audience.PUBLIC}

    class Meta:
        verbose_name = _("quotation")
        verbose_name_plural = _("quotations")
        ordering = ["page", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(shown_until__isnull=True) | Q(shown_from__isnull=True) | Q(shown_until__gte=F("shown_from")),
                name="quotation_ends_after_it_begins",
                violation_error_message=_("The last day lies before the first."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.author}: {self.text[:60]}"


class Almanac(models.Model):
    """The day on which the public pages were last made to turn with the calendar. One row, with key 1."""

    day: models.DateField[date, date] = models.DateField()

    objects = models.Manager()

    def __str__(self) -> str:
        return f"{self.day}"
