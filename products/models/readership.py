from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.models.taxonomy import Term


class Readership(Term):
    """An audience that products are written for: funders, board members. Its role labels say who here belongs to it."""

    role_labels: models.ManyToManyField[Any, Any] = models.ManyToManyField(
        "foundation.RoleLabel",
        blank=True,
        related_name="+",
        verbose_name=_("role labels"),
        help_text=_("Whoever carries one of them can say whether a text speaks this audience's language."),
    )

    class Meta(Term.Meta):
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")
