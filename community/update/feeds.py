"""The Update as an Atom feed, for those who want it without giving an address."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _

from community.stories.feeds import NewsFeed
from correspondence.models import Update
from correspondence.update.content import address_of, context_of
from foundation.models import Community

LONGEST = 12


class UpdateFeed(NewsFeed):
    """The newest Updates in full. It asks as a visitor, whoever fetches it."""

    def title(self, community: Community) -> str:
        return _("The Update of %(community)s") % {"community": community.name}

    def link(self, community: Community) -> str:
        return settings.SITE_URL + reverse("community:update-list")

    def feed_url(self, community: Community) -> str:
        return settings.SITE_URL + reverse("community:update-feed")

    def items(self, community: Community) -> Iterable[Any]:
        return Update.objects.visible_to(AnonymousUser()).out().with_parts().newest_first()[:LONGEST]

    def item_link(self, item: Any) -> str:
        return address_of(item)

    def item_guid(self, item: Any) -> str:
        return f"tag:{settings.SITE_HOST},{item.began_at:%Y-%m-%d}:update/{item.pk}"

    def item_description(self, item: Any) -> str:
        return escape(item.lead)

    def item_pubdate(self, item: Any) -> datetime:
        return item.began_at  # type: ignore[no-any-return]

    def item_updateddate(self, item: Any) -> datetime:
        return item.began_at  # type: ignore[no-any-return]

    def item_extra_kwargs(self, item: Any) -> dict[str, Any]:
        return {"content": render_to_string("update/_words.html", context_of(item))}
