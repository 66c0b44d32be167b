"""News and slides that everybody may read."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser

from community.models import Deck, NewsItem
from community.stories.querysets.decks import DeckQuerySet
from community.stories.querysets.news import NewsQuerySet
from foundation.sitemaps import Section, sections


@sections.register("news")
class NewsSection(Section):
    """What is out, the newest first."""

    def items(self) -> NewsQuerySet:
        """Nothing before its time."""
        return NewsItem.objects.visible_to(AnonymousUser()).newest_first()

    def lastmod(self, item: Any) -> datetime:
        latest: datetime = max(item.changed_at, item.publish_at)
        return latest


@sections.register("slides")
class SlidesSection(Section):
    """Published slides, as text."""

    def items(self) -> DeckQuerySet:
        """In a steady order."""
        found: DeckQuerySet = Deck.objects.visible_to(AnonymousUser()).order_by("pk")
        return found

    def lastmod(self, item: Any) -> datetime:
        changed: datetime = item.changed_at
        return changed
