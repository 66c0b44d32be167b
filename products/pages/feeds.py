"""What is published, as an Atom feed with the whole texts and their footnotes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.db.models import Prefetch
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from foundation import footnotes
from foundation.feeds import FullAtomFeed, with_absolute_links
from foundation.models import Community
from products.models import Edition, EditionPart
from products.pages.cards import authors_of
from products.pages.citing import address_of

LONGEST = 20


class ProductsFeed(Feed):
    """The newest products. It asks as a visitor whoever fetches it: a feed reader hands on what it reads."""

    feed_type = FullAtomFeed

    def get_object(self, request: Any, *args: Any, **kwargs: Any) -> Community:
        return Community.current()

    def title(self, community: Community) -> str:
        return _("Products of %(community)s") % {"community": community.name}

    def subtitle(self, community: Community) -> str:
        return community.purpose

    def link(self, community: Community) -> str:
        return settings.SITE_URL + reverse("products:product-list")

    def feed_url(self, community: Community) -> str:
        return settings.SITE_URL + reverse("products:product-feed")

    def author_name(self, community: Community) -> str:
        return community.name

    def feed_extra_kwargs(self, community: Community) -> dict[str, Any]:
        return {"founded_at": community.founded_at}

    def items(self, community: Community) -> Iterable[Edition]:
        visitor = AnonymousUser()
        parts = Prefetch("parts", EditionPart.objects.visible_to(visitor).order_by("position", "pk"))
        newest = Edition.objects.visible_to(visitor).current().newest_first().select_related("product").prefetch_related(parts)
        editions = list(newest[:LONGEST])
        authors = authors_of([edition.product_id for edition in editions], visitor)
        for edition in editions:
            edition.authors_named = authors.get(edition.product_id, [])  # type: ignore[attr-defined]  # for `item_author_name`
        return editions

    def item_title(self, item: Any) -> str:
        return str(item.title)

    def item_link(self, item: Any) -> str:
        return settings.SITE_URL + str(item.product.get_absolute_url())

    def item_guid(self, item: Any) -> str:
        """An edition is an entry of its own: who follows hears of a new one."""
        return f"tag:{settings.SITE_HOST},{item.published_at:%Y-%m-%d}:editions/{item.pk}"

    def item_author_name(self, item: Any) -> str:
        return ", ".join(item.authors_named)

    def item_description(self, item: Any) -> str:
        return escape(item.summary)

    def item_categories(self, item: Any) -> list[str]:
        return [item.product.get_kind_display()]

    def item_pubdate(self, item: Any) -> datetime:
        return item.published_at  # type: ignore[no-any-return]

    def item_updateddate(self, item: Any) -> datetime:
        return item.published_at  # type: ignore[no-any-return]

    def item_extra_kwargs(self, item: Any) -> dict[str, Any]:
        return {"content": with_absolute_links("".join(_content(item)))}


def _content(edition: Edition) -> Iterator[SafeString]:
    """The summary, each part under its title, and the notes: their links lead to the page, where every note has its place."""
    page, number = address_of(edition), 1
    notes: list[footnotes.Note] = []
    parts = list(edition.parts.all())
    if edition.summary:
        yield format_html("<p><em>{}</em></p>", edition.summary)
    if edition.link:
        yield format_html('<p><a href="{0}">{0}</a></p>', edition.link)
    for part in parts:
        prefix = f"{part.slug}-" if len(parts) > 1 else ""
        noted = footnotes.noted(part.body, prefix=prefix, start=number, page=page)
        number = noted.next_number
        notes += noted.notes
        yield format_html("<h2>{}</h2>{}", part.title, noted.body) if part.title else noted.body
    yield footnotes.notes_list(notes, page=page)
