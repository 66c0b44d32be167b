"""What other pages show of quotations, testimonials, slides and news. Nothing at all where there is nothing; one query each.

All of it is what everybody may read: these tags never ask who is looking, so a page of the cache may hold them.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from community.models import Deck, NewsItem, Quotation, Testimonial

register = template.Library()

MOST_TESTIMONIALS = 12
MOST_DECKS = 12


@register.inclusion_tag("community/_quotation.html")
def quotation_for(page: str) -> dict[str, Any]:
    """The quotation whose turn it is on the page of this key."""
    return {"quotation": Quotation.objects.of_the_day(page, timezone.now().date())}


@register.inclusion_tag("community/_testimonials.html", name="testimonials_for")
def said_on(page: str, title: str = "") -> dict[str, Any]:
    """What people said of the community and agreed to see on the page of this key. `title` replaces the section's own."""
    return {"testimonials": list(Testimonial.objects.published().on(page)[:MOST_TESTIMONIALS]), "title": title, "page": page}


@register.inclusion_tag("community/_decks.html")
def decks_for(page: str) -> dict[str, Any]:
    """The published slides of the page of this key, each with its words as text."""
    return {"decks": list(Deck.objects.published().on(page)[:MOST_DECKS])}


@register.inclusion_tag("community/_latest_news.html")
def latest_news(count: int = 3) -> dict[str, Any]:
    """The newest pieces of news that are out."""
    return {"news": list(NewsItem.objects.out().newest_first()[:count])}
