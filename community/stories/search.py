"""News and slides can be found by everybody, from the moment they are out."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from community.models import Deck, NewsItem
from community.stories.querysets.decks import DeckQuerySet
from community.stories.querysets.news import NewsQuerySet
from foundation.audiences import Audience
from foundation.richtext import to_plain
from foundation.search import Searchable, SearchRow, searchables


def news_rows(news: NewsItem) -> Iterable[SearchRow]:
    """Nothing before its time, and nothing of what was withdrawn."""
    if news.is_out:
        text = f"{news.lead}\n{to_plain(news.body)}".strip()
        yield SearchRow(Audience.PUBLIC, news.title, text, news.get_absolute_url(), at=news.publish_at)


def deck_rows(deck: Deck) -> Iterable[SearchRow]:
    """The words of published slides, by which they are found as well as read."""
    if deck.status == Deck.Status.PUBLISHED:
        yield SearchRow(Audience.PUBLIC, deck.title, to_plain(deck.text_alternative), deck.get_absolute_url(), at=deck.changed_at)


def all_news() -> NewsQuerySet:
    """What is indexed anew when all is."""
    return NewsItem.objects.all()  # unscoped: the rows say for whom


def all_decks() -> DeckQuerySet:
    """The same of slides."""
    return Deck.objects.all()  # unscoped: the rows say for whom


searchables.add("news", Searchable(_("News"), NewsItem, news_rows, all_news))
searchables.add("deck", Searchable(_("Slides"), Deck, deck_rows, all_decks))
