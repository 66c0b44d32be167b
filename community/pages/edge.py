"""What machines ask of a site: which pages there are, which they should leave alone, whom to tell of a hole; and the link that none should follow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import views as sitemap_views
from django.contrib.sitemaps.views import SitemapIndexItem
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.resolvers import RegexPattern
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from community import trap
from foundation.access import public, public_page
from foundation.sitemaps import Section, sections

# Open to visitors, and nothing that anybody should find by searching: forms, results, links for one person.
NOT_TO_BE_SEARCHED = ("accounts", "dev", "invitations", "mail", "search", "unsubscribe")
SECURITY_TXT_LASTS = timedelta(days=330)  # RFC 9116: less than a year


@public_page
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Which addresses a crawler leaves alone: all that visitors cannot open anyway, and the trap."""
    closed = sorted({*closed_folders(), *NOT_TO_BE_SEARCHED})
    lines = ["User-agent: *", *(f"Disallow: /{folder}/" for folder in closed), f"Disallow: {reverse('community:trap-show')}"]
    lines += ["", f"Sitemap: {settings.SITE_URL}{reverse('community:sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@cache
def closed_folders() -> frozenset[str]:
    """Return the first parts of addresses under which no view is marked for everybody, read from the addresses themselves."""
    views = [(route.partition("/")[0], view) for route, view in _routes(get_resolver().url_patterns, "")]
    opened = {folder for folder, view in views if getattr(view, "access", "") == "public"}
    return frozenset(folder for folder, _view in views if folder and "<" not in folder) - opened


def _routes(patterns: list[Any], prefix: str) -> Iterator[tuple[str, Any]]:
    for entry in patterns:
        looks_ahead = isinstance(entry, URLResolver) and isinstance(entry.pattern, RegexPattern)  # and takes nothing of the address
        route = prefix if looks_ahead else prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _routes(entry.url_patterns, route)
        elif isinstance(entry, URLPattern):
            yield route, entry.callback


@public_page
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The list of lists: one for each kind of thing that visitors may see, and for each of its pages."""
    lists = [SitemapIndexItem(address) for name, section in sections.items() for address in _pages_of(name, section())]
    return _as_xml(render(request, "sitemap_index.xml", {"sitemaps": lists}))


@public_page(queries=("p",))
@require_safe
def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    """One of the lists."""
    found = sitemap_views.sitemap(request, sitemaps=dict(sections.items()), section=section)
    return _as_xml(HttpResponse(found.rendered_content))


def _pages_of(name: str, section: Section) -> list[str]:
    address = f"{settings.SITE_URL}{reverse('community:sitemap-section', args=[name])}"
    return [address, *(f"{address}?p={page}" for page in range(2, section.paginator.num_pages + 1))]


def _as_xml(response: HttpResponse) -> HttpResponse:
    response.headers["Content-Type"] = "application/xml"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@public_page
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a hole in the site (RFC 9116). The date moves with the first of each month, so the file changes rarely."""
    month = timezone.now().astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {settings.SITE_URL}{reverse('community:contact')}",
        f"Expires: {_in_rfc_3339(month + SECURITY_TXT_LASTS)}",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
        f"Canonical: {settings.SITE_URL}{reverse('community:security-txt')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def _in_rfc_3339(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


@public
@require_safe
@never_cache
def trap_show(request: HttpRequest) -> HttpResponse:
    """Where the hidden link leads. Whoever follows it is shut out for some minutes; who is signed in reads what it is, and goes on.

    The one exception from "GET changes nothing": it changes a mark in the cache that runs out by itself, and no row of the database.
    """
    if request.user.is_authenticated:
        return render(request, "community/trap.html")
    trap.shut_out(request)
    return trap.shut_out_page(request)
