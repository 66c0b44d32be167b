"""Atom feeds with the whole text of each entry."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from bs4 import BeautifulSoup
from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed


class FullAtomFeed(Atom1Feed):
    """Atom with the whole text of each entry. What never changes has always the same date: an empty feed is as old as the community."""

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})

    def latest_post_date(self) -> datetime:
        founded: datetime | None = self.feed["founded_at"]
        return super().latest_post_date() if self.items else founded or datetime.fromtimestamp(0, tz=UTC)

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        handler.addQuickElement("icon", settings.SITE_URL + reverse("community:mark"))


def with_absolute_links(html: str) -> str:
    """Return clean HTML whose links lead here from wherever it is read."""
    soup = BeautifulSoup(html, "html.parser")
    for link in soup.find_all("a", href=True):
        address = str(link["href"])
        if address.startswith("/") and not address.startswith("//"):
            link["href"] = settings.SITE_URL + address
    return str(soup)
