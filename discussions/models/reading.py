from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from discussions.models.post import Post
from discussions.querysets import ReadingItemQuerySet
from foundation.audiences import PARTIES


class ReadingItem(models.Model):
    """A book or page that an answer named, lifted into the reading list with credit to whoever named it.

    It is for those who read the post, and for everybody only once the one who named it has said so.
    """

    post = models.ForeignKey(Post, models.CASCADE, related_name="+")
    title = models.CharField(_("title"), max_length=200)
    writer = models.CharField(_("by whom"), max_length=120, blank=True)
    url = models.URLField(_("link"), max_length=500, blank=True)
    note = models.CharField(_("why it is worth reading"), max_length=300, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True, help_text=_("when the one who named it showed it to everybody"))
    is_named = models.BooleanField(default=False, help_text=_("whether everybody reads who named it"))

    objects = ReadingItemQuerySet.as_manager()

    audiences: ClassVar[dict[str, str]] = {"title": PARTIES, "writer": PARTIES, "url": PARTIES, "note": PARTIES}
    confidential_history = True

    class Meta:
        ordering = ["-added_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["post", "title"], name="reading_item_once"),
            models.CheckConstraint(
                condition=Q(is_named=False) | Q(published_at__isnull=False), name="reading_item_named_in_public"
            ),
        ]

    def __str__(self) -> str:
        return f"Reading {self.pk}"
