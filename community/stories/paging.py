"""Reading the news page by page: the address names the last one read, so that a page costs the same wherever it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.dateparse import parse_datetime

from community.models import NewsItem
from community.stories.querysets.news import NewsQuerySet

A_PAGE = 12


@dataclass(frozen=True)
class NewsPage:
    """One page of the list, the newest first; `older` is what the address of the next page says."""

    items: list[NewsItem]
    older: str
    is_first: bool


def page_of(news: NewsQuerySet, before: str) -> NewsPage:
    """Return the page that begins after the place `before`; whatever is no place begins at the top."""
    place = _place(before)
    rows = list((news.before(*place) if place else news).newest_first()[: A_PAGE + 1])
    items = rows[:A_PAGE]
    return NewsPage(items, _written(items[-1]) if len(rows) > A_PAGE else "", is_first=place is None)


def _written(item: NewsItem) -> str:
    assert item.publish_at is not None  # noqa: S101  what is out has its time
    return f"{item.publish_at.isoformat()}~{item.pk}"


def _place(before: str) -> tuple[datetime, int] | None:
    moment, _tilde, pk = before[:60].rpartition("~")
    try:
        at = parse_datetime(moment)
    except ValueError:
        return None
    is_place = at is not None and at.tzinfo is not None and pk.isascii() and pk.isdigit() and len(pk) < 19
    return (at, int(pk)) if at and is_place else None
