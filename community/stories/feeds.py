"""News as an Atom feed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _

from community.models import NewsItem
from foundation import richtext
from foundation.feeds import FullAtomFeed, with_absolute_links
from foundation.models import Community

LONGEST = 30


class NewsFeed(Feed):
    """The newest news. It asks as a visitor whoever fetches it: a feed reader hands on what it reads."""

    feed_type = FullAtomFeed

    def get_object(self, request: Any, *args: Any, **kwargs: Any) -> Community:
        return Community.current()

    def title(self, community: Community) -> str:
        return _("News of %(community)s") % {"community": community.name}

    def subtitle(self, community: Community) -> str:
        return community.purpose

    def link(self, community: Community) -> str:
        return settings.SITE_URL + reverse("community:news-list")

    def feed_url(self, community: Community) -> str:
        return settings.SITE_URL + reverse("community:news-feed")

    def author_name(self, community: Community) -> str:
        return community.name

    def feed_extra_kwargs(self, community: Community) -> dict[str, Any]:
        return {"founded_at": community.founded_at}

    def items(self, community: Community) -> Iterable[NewsItem]:
        visitor = AnonymousUser()
        return NewsItem.objects.visible_to(visitor).out().newest_first()[:LONGEST]

    def item_title(self, item: Any) -> str:
        return str(item.title)

    def item_link(self, item: Any) -> str:
        return settings.SITE_URL + str(item.get_absolute_url())

    def item_guid(self, item: Any) -> str:
        """An address that stays when the title's does not."""
        return f"tag:{settings.SITE_HOST},{item.publish_at:%Y-%m-%d}:news/{item.pk}"

    def item_description(self, item: Any) -> str:
        return escape(item.lead)

    def item_pubdate(self, item: Any) -> datetime:
        return item.publish_at  # type: ignore[no-any-return]

    def item_updateddate(self, item: Any) -> datetime:
        latest: datetime = max(item.changed_at, item.publish_at)
        return latest

    def item_extra_kwargs(self, item: Any) -> dict[str, Any]:
        return {"content": with_absolute_links(richtext.sanitised(item.body))}
