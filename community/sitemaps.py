"""The pages of the site as a whole, as far as this installation has them."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse

from community.stories import sitemaps as stories  # noqa: F401  news and slides
from community.update import sitemaps as update  # noqa: F401  the Update
from foundation.sitemaps import Section, sections

PAGES = [
    *("community:home", "community:the-community", "ambassadors:growth", "ambassadors:joining", "ambassadors:ambassador-list"),
    *("products:product-list", "community:practice", "community:campaign", "community:news-list", "community:about"),
    *("community:contact", "community:norms", "community:privacy", "community:accessibility", "discussions:recommendation-list"),
    *("community:update-list", "community:subscribe"),
]


@sections.register("pages")
class PagesSection(Section):
    """Home and what stands beside it."""

    def items(self) -> list[str]:
        """The addresses; a page that is not there is left out."""
        return [url for name in PAGES if (url := _url(name))]

    def location(self, item: str) -> str:
        return item


def _url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
