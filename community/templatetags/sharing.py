"""What a public page says of itself to other sites and to search engines, taken from its own title and description."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import Context
from django.template.base import NodeList, Parser, Token
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _

from community import share_image
from community.templatetags.look import look_version
from foundation import jsonld
from foundation.models import Community

register = template.Library()
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
DESCRIPTION = re.compile(r'<meta name="description" content="(.*?)">', re.DOTALL)


@register.tag
def shared_as(parser: Parser, token: Token) -> SharedAs:
    """Render the title and the description of a page, and say the same to those who share a link to it."""
    inside = parser.parse(("endshared_as",))
    parser.delete_first_token()
    return SharedAs(inside)


class SharedAs(template.Node):
    """What stands between the tags, and behind it the same in the words that other sites read.

    Nothing is added on pages for members, for somebody who is signed in (who shares a link shares what a visitor gets), on drafts,
    where the address holds a token, and where a page asks not to be found.
    """

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        written = self.nodelist.render(context)
        request, community = context.get("request"), context.get("community")
        if request is None or community is None or not _is_for_all(request) or 'content="noindex' in written:
            return written
        told = _text(TITLE, written), " ".join(_text(DESCRIPTION, written).split())
        return SafeString(f"{written}\n{_told_to_others(request, community, *told)}")


def _is_for_all(request: HttpRequest) -> bool:
    view: Any = request.resolver_match.func if request.resolver_match else None
    user = getattr(request, "user", None)
    is_visitor = user is None or not user.is_authenticated
    is_told = getattr(view, "access", "") == "public" and not getattr(view, "holds_token", False)
    return is_told and is_visitor and not hasattr(request, "previewed")


def _text(pattern: re.Pattern[str], written: str) -> str:
    found = pattern.search(written)
    return unescape(found.group(1)).strip() if found else ""


def _told_to_others(request: HttpRequest, community: Community, title: str, description: str) -> SafeString:
    title = title.removesuffix(f" · {community.name}") or community.name
    picture = reverse("community:share-image", args=[share_image.address_part(title)])
    address = canonical(request)
    properties = [
        ("og:type", "website"),
        ("og:site_name", community.name),
        ("og:title", title),
        ("og:description", description or community.purpose),
        ("og:url", address),
        ("og:locale", to_locale(get_language() or settings.LANGUAGE_CODE)),
        ("og:image", f"{settings.SITE_URL}{picture}?v={look_version(community)}"),
        ("og:image:type", "image/png"),
        ("og:image:width", str(share_image.WIDTH)),
        ("og:image:height", str(share_image.HEIGHT)),
        ("og:image:alt", _("%(title)s. %(community)s") % {"title": title, "community": community.name}),
    ]
    lines = [
        format_html('<link rel="canonical" href="{}">', address),
        format_html_join("\n", '<meta property="{}" content="{}">', [pair for pair in properties if pair[1]]),
        format_html('<meta name="twitter:card" content="{}">', "summary_large_image"),
        format_html(
            '<link rel="alternate" type="application/atom+xml" title="{}" href="{}">',
            _("News of %s") % community.name,
            reverse("community:news-feed"),
        ),
        _described(community) if request.path == reverse("community:home") else "",
    ]
    return SafeString("\n".join(line for line in lines if line))


def canonical(request: HttpRequest) -> str:
    """Return the one address of this page: the site's own name, and of the query only what the view answers."""
    view: Any = request.resolver_match.func if request.resolver_match else None
    kept = sorted((name, value) for name, value in request.GET.items() if name in getattr(view, "kept_queries", ()))
    return f"{settings.SITE_URL}{request.path}{'?' + urlencode(kept) if kept else ''}"


def _described(community: Community) -> SafeString:
    """Who speaks here, on the first page."""
    home = f"{settings.SITE_URL}/"
    organisation = {
        "@type": "Organization",
        "@id": f"{home}#community",
        "name": community.name,
        "url": home,
        "description": community.purpose,
        "logo": f"{settings.SITE_URL}{reverse('community:mark')}",
    }
    site = {"@type": "WebSite", "name": community.name, "url": home, "publisher": {"@id": f"{home}#community"}}
    return jsonld.as_script({"@graph": [organisation, site]})
