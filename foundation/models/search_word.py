from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models

from foundation.audiences import NOBODY


class SearchWord(models.Model):
    """A word that stands, or stood lately, in some entry: what a word spelt wrong may have meant.

    It tells of no row and of no reader, and is never shown: `foundation.search` looks for what is near, as for any other word, within the
    rows that the reader's keys open.
    """

    word = models.CharField(max_length=30, primary_key=True, help_text="without accents and capitals")
    is_name = models.BooleanField(help_text="found in what something is called by, not in a text alone")

    audiences: ClassVar[dict[str, str]] = {"word": NOBODY}

    class Meta:
        indexes = [GinIndex(fields=["word"], name="search_word_likeness", opclasses=["gin_trgm_ops"])]

    def __str__(self) -> str:
        return self.word
