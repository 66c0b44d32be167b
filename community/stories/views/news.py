"""What is new: the list, each piece on its own page, and both as a feed."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import SafeString
from django.views.decorators.http import conditional_page, require_GET, require_safe

from ambassadors.privacy import ProfileCard, card_for
from community.models import NewsAddress, NewsItem
from community.stories.feeds import NewsFeed
from community.stories.paging import page_of
from foundation import jsonld
from foundation.access import public_page


@public_page(queries=("before",))
@require_GET
def news_list(request: HttpRequest) -> HttpResponse:
    """What is out, the newest first. Drafts are in the admin, for the support team too."""
    news = NewsItem.objects.visible_to(request.user).out().with_picture()
    return render(request, "community/news_list.html", {"page": page_of(news, request.GET.get("before", ""))})


@public_page
@require_GET
def news_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One piece of news. The support team reads here what is not out, as it will look."""
    news = NewsItem.objects.visible_to(request.user).with_picture().with_authors(request.user).filter(slug=slug).first()
    if news is None:
        return _elsewhere_or_gone(request, slug)
    cards = [card_for(request.user, author) for author in news.shown_authors]
    newer, older = _neighbours(news) if news.is_out else (None, None)
    context: dict[str, Any] = {"news": news, "cards": cards, "newer": newer, "older": older}
    if news.is_out and not request.user.is_authenticated:
        context["described"] = _described(news, cards)
    return render(request, "community/news_detail.html", context)


@public_page
@require_safe
@conditional_page
def news_feed(request: HttpRequest) -> HttpResponse:
    """The newest news in full, for readers of feeds: the same for everybody."""
    return NewsFeed()(request)


def _elsewhere_or_gone(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead from an address of before to the one of now; say of what was withdrawn that it was here."""
    if NewsItem.objects.was_out_at(slug).exists():  # unscoped: says that something was here, and nothing of it
        return render(request, "community/news_gone.html", status=410)
    readable = NewsItem.objects.visible_to(request.user)
    former = get_object_or_404(NewsAddress.objects.select_related("news"), slug=slug, news__in=readable)  # unscoped: asks its news
    return HttpResponsePermanentRedirect(former.news.get_absolute_url())


def _described(news: NewsItem, cards: list[ProfileCard]) -> SafeString:
    """What machines are told of a piece of news: what the visitor before whom it stands reads anyway."""
    address = settings.SITE_URL + news.get_absolute_url()
    publish_at = cast("datetime", news.publish_at)
    described = {
        "@type": "NewsArticle",
        "headline": news.title,
        "description": news.lead,
        "url": address,
        "mainEntityOfPage": address,
        "datePublished": publish_at.isoformat(),
        "dateModified": max(news.changed_at, publish_at).isoformat(),
        "image": settings.SITE_URL + news.picture.get_absolute_url() if news.picture else "",
        "author": [{"@type": "Person", "name": card.name, "url": settings.SITE_URL + card.url} for card in cards],
        "publisher": {"@id": f"{settings.SITE_URL}/#community"},
    }
    return jsonld.as_script(described)


def _neighbours(news: NewsItem) -> tuple[NewsItem | None, NewsItem | None]:
    """The next newer and the next older piece that is out."""
    at, out = cast("datetime", news.publish_at), NewsItem.objects.out()  # unscoped: what everybody reads
    return out.later_than(at, news.pk).oldest_first().first(), out.before(at, news.pk).newest_first().first()
