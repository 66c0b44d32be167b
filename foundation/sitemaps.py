"""What search engines are told of: each app adds a section with what visitors may see.

    @sections.register("people")
    class PeopleSection(Section):
        def items(self):
            return Ambassador.objects.visible_to(AnonymousUser()).order_by("pk")

Write it in your app's `sitemaps.py`. The items have `get_absolute_url`; pages by name override `location`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap

from foundation.registry import Registry

# The stubs make it generic, Django does not.
if TYPE_CHECKING:
    AnySitemap = Sitemap[Any]
else:
    AnySitemap = Sitemap


class Section(AnySitemap):
    """Some addresses of one kind, under the site's own name whatever host was asked. `items` goes through `visible_to(AnonymousUser())`."""

    limit = 5000

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.SITE_URL).netloc


sections: Registry[type[Section]] = Registry("section of the sitemap")
