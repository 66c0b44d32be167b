from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils import timezone

from foundation.audiences import NOBODY, PARTIES


class SearchEntry(models.Model):
    """What one audience may find of one object. `foundation.search` writes and reads it; nobody else does.

    The vector is written beside the words it comes from: unaccent is not immutable, so that the database cannot keep it by itself.
    """

    kind = models.CharField(max_length=40)
    target_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    target_id = models.CharField(max_length=40)
    audience = models.CharField(max_length=200)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        help_text="whose words they are",
    )
    title = models.CharField(max_length=300)
    lead = models.TextField(blank=True, help_text="one line that says who or what it is")
    text = models.TextField(blank=True)
    names = models.TextField(blank=True, help_text="without accents and capitals, for near misses")
    url = models.CharField(max_length=300)
    at = models.DateTimeField(default=timezone.now)
    is_stale = models.BooleanField(default=False)  # a word in it has changed, and a worker will write it anew
    vector = SearchVectorField(editable=False)

    audiences: ClassVar[dict[str, str]] = {
        "kind": NOBODY,
        "target_id": NOBODY,
        "audience": NOBODY,
        "title": PARTIES,
        "lead": PARTIES,
        "text": PARTIES,
        "names": PARTIES,
        "url": PARTIES,
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["target_type", "target_id", "audience"], name="search_once_per_audience")]
        indexes = [
            GinIndex(fields=["kind", "vector"], name="search_words_of_kind"),
            GinIndex(fields=["names"], name="search_names", opclasses=["gin_trgm_ops"]),
            models.Index(fields=["-at"], name="search_newest"),
            models.Index(fields=["audience", "-at"], name="search_newest_for_audience"),
            models.Index(fields=["author", "-at"], name="search_newest_of_author"),
            models.Index(fields=["id"], condition=models.Q(is_stale=True), name="search_stale"),
        ]

    def __str__(self) -> str:
        return f"{self.title} for {self.audience}"
