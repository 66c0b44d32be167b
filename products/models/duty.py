from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from products.querysets.duties import EditorDutyQuerySet


class EditorDuty(models.Model):
    """Somebody who runs the road of products: invites reviewers, decides, publishes. Being of the support team gives none of this."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="editor_duty", verbose_name=_("person"))
    since = models.DateField(_("since"), default=timezone.localdate, editable=False)

    objects = EditorDutyQuerySet.as_manager()

    class Meta:
        verbose_name = _("editor")
        verbose_name_plural = _("products: editors")
        ordering = ["person__sort_name"]

    def __str__(self) -> str:
        return str(self.person)
