"""What an Update says, read from the database at this moment: the mail, its preview and its page on the site say the same."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from bs4 import BeautifulSoup
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from correspondence.models import Update, UpdatePart
from correspondence.update.registry import Item, sources
from foundation import richtext


@dataclass(frozen=True)
class Passage:
    """One passage as readers get it. `is_gone` says that it picks something which visitors may not read, or no longer."""

    heading: str
    words: SafeString
    plain: str
    item: Item | None
    item_url: str
    is_gone: bool

    @property
    def says_something(self) -> bool:
        """Whether anything of it is left to read."""
        return bool(self.words or self.item)


def context_of(update: Update) -> dict[str, Any]:
    """Return what the templates of the mail and of the page show. It costs a query, and one more for each source that is picked from."""
    return {
        "title": update.title,
        "lead": update.lead,
        "opening": with_whole_addresses(update.opening),
        "opening_plain": richtext.to_plain(update.opening),
        "passages": [passage for passage in passages_of(update) if passage.says_something],
        "closing": with_whole_addresses(update.closing),
        "closing_plain": richtext.to_plain(update.closing),
        "url": address_of(update),
    }


def passages_of(update: Update) -> list[Passage]:
    """Return every passage in order, also those of which nothing is left."""
    parts = list(update.parts.all())
    found = _items(parts)
    return [_passage(part, found.get((part.source, part.item))) for part in parts]


def address_of(update: Update) -> str:
    """The address of its page, whole."""
    return settings.SITE_URL + reverse("community:update-detail", args=[update.slug])


def with_whole_addresses(html: str) -> SafeString:
    """Return rich text whose links lead to the same place from a mail as from any page."""
    soup = BeautifulSoup(richtext.sanitised(html), "html.parser")
    for link in soup.find_all("a", href=True):
        link["href"] = whole(str(link["href"]))
    return mark_safe(str(soup))  # noqa: S308  the sanitiser's output, with addresses that were in it


def whole(address: str) -> str:
    """Return the address as it is reached from anywhere."""
    return urljoin(f"{settings.SITE_URL}/", address.strip())


def _items(parts: list[UpdatePart]) -> dict[tuple[str, str], Item]:
    keys: dict[str, set[str]] = defaultdict(set)
    for part in parts:
        if part.source in sources:
            keys[part.source].add(part.item)
    return {(name, item.key): item for name, wanted in keys.items() for item in sources[name].find(wanted)}


def _passage(part: UpdatePart, item: Item | None) -> Passage:
    return Passage(
        heading=part.heading,
        words=with_whole_addresses(part.words),
        plain=richtext.to_plain(part.words),
        item=item,
        item_url=whole(item.url) if item else "",
        is_gone=bool(part.source) and item is None,
    )
