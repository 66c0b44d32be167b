from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.audiences import NOBODY
from foundation.models import Upload
from products.models.edition import Edition
from products.querysets.printing import EditionPrintQuerySet


class EditionPrint(models.Model):
    """The PDF of an edition. It is wanted anew whenever something in it changes, and nobody gets the old one from that moment on.

    Its file has no address of its own (no `holds_uploads`): it leaves through the view that asks whether it is still right.
    """

    edition = models.OneToOneField(Edition, models.CASCADE, related_name="print")
    upload = models.ForeignKey(Upload, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("file"))
    wanted_at = models.DateTimeField(default=timezone.now)
    made_for = models.DateTimeField(null=True, blank=True, help_text=_("the `wanted_at` that it answers"))
    names = models.CharField(max_length=32, blank=True, help_text=_("a mark of who is named in it"))
    is_complete = models.BooleanField(default=True, help_text=_("every letter could be drawn"))
    claimed_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    failed_because = models.TextField(blank=True)

    objects = EditionPrintQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"failed_because": NOBODY, "names": NOBODY}

    class Meta:
        verbose_name = _("print")
        verbose_name_plural = _("prints")
        indexes = [
            models.Index(fields=["wanted_at"], condition=Q(made_for=None) | ~Q(made_for=F("wanted_at")), name="print_to_make")
        ]

    def __str__(self) -> str:
        return f"Print of edition {self.edition_id}"

    @property
    def is_current(self) -> bool:
        """Whether it says what the edition says now."""
        return self.upload_id is not None and self.made_for == self.wanted_at
