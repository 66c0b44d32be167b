"""Public pages for visitors, straight from the cache: no session, no query, no template.

A view marked `@public_page` is rendered once for everybody without a session cookie, as for somebody who sent no cookie at all, and kept
whole, with every header that the middleware below put on it. An entry carries the version of the publication (foundation/publication.py
tells why it is read before the page is rendered) and is served only while that is still the version. Half a minute later the next visitor
has it rendered anew while the others still get the old one; after a minute it is gone, whatever happened to the version. For a second
after it asked the cache, a process serves what it has at hand without asking (community/at_hand.py).
"""

from __future__ import annotations

import hashlib
import logging
import re
import time
from collections.abc import Callable
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language_from_request

from community import trap
from community.at_hand import at_hand
from community.kept_pages import KeptPage, why_not_kept
from foundation.publication import VERSION, first_version

logger = logging.getLogger(__name__)
FRESH = 30  # seconds until an entry is rendered anew
KEPT = 60  # seconds until it is gone: how long a change that the cache was not told of can stay unseen
LOCKED = 10  # seconds for which one renders and the others do not
WAIT, LOOK_AGAIN = 1.0, 0.02  # seconds that one of them waits for an entry which is not there at all, and between two looks
MADE_UP = 500  # addresses with a query or a foreign port that are kept in a minute, at most: anybody can make up more of them
OWN_COOKIES = (settings.SESSION_COOKIE_NAME, "messages")  # whoever sends one may see what others do not


class PageNotForAll(Exception):
    """A view is marked `@public_page`, and its page is not the same for everybody."""


class PageCacheMiddleware:
    """Answer from the cache where the request may be answered by what everybody gets. It also looks up, by the way, who was trapped."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith(settings.STATIC_URL):
            return self.get_response(request)
        key = _key_of(request)
        answer = self._from_cache(request, key) if key else self.get_response(request)
        if not answer.has_header("Cache-Control"):
            answer.headers["Cache-Control"] = "private"  # no proxy keeps what nobody said is for all
        return answer

    def _from_cache(self, request: HttpRequest, key: str) -> HttpResponseBase:
        visitor = trap.key_of(request)
        page = at_hand.find(key, visitor)
        if page is not None:
            return answer_with(page, request)
        asked_at, held = time.monotonic(), at_hand.pages.get(key)
        known = cache.get_many([VERSION, visitor] if held else [VERSION, key, visitor])
        request.is_trapped = visitor in known  # type: ignore[attr-defined]
        if visitor in known:
            return self.get_response(request)
        version = known.get(VERSION) or first_version()
        if settings.PAGE_CACHE and VERSION in known:
            at_hand.learn(version, visitor, asked_at)
        if held is not None and held.version == version and held.is_fresh:
            return answer_with(held, request)
        return self._from_store(request, key, version, cache.get(key) if held else known.get(key))

    def _from_store(self, request: HttpRequest, key: str, version: str, stored: object) -> HttpResponseBase:
        page = KeptPage.from_stored(stored)
        if page is not None and page.version == version and (page.is_fresh or not _is_mine(key, version)):
            if settings.PAGE_CACHE:
                at_hand.keep(key, page)
            return answer_with(page, request)
        if page is None and not _is_public_page(request):
            return self.get_response(request)
        return self._rendered_once(request, key, version, is_mine=page is not None and page.version == version)

    def _rendered_once(self, request: HttpRequest, key: str, version: str, *, is_mine: bool) -> HttpResponseBase:
        """Render the page unless somebody is at it already. What a change made invalid is not served in the meantime: the others wait."""
        if not is_mine and not _is_mine(key, version):
            page = _wait_for_another(key, version)
            if page is not None:
                return answer_with(page, request)
        try:
            return self._rendered(request, key, version)
        finally:
            cache.delete(_lock(key, version))

    def _rendered(self, request: HttpRequest, key: str, version: str) -> HttpResponseBase:
        _forget_cookies(request)
        response = self.get_response(request)
        if response.status_code != 200:
            return response
        objection = why_not_kept(request, response)
        if objection:
            _complain(request, objection)
            return response
        page = KeptPage.of(response, version, time.time() + FRESH)
        if (
            settings.PAGE_CACHE and request.method == "GET" and _has_room(request)
        ):  # a view may leave out the body of an answer to HEAD
            cache.set(key, page.to_store(), KEPT)
        return answer_with(page, request)


def answer_with(page: KeptPage, request: HttpRequest) -> HttpResponseBase:
    """Return the page, or the word that the visitor's copy is still good."""
    accepts_gzip = _takes_gzip(request.META.get("HTTP_ACCEPT_ENCODING", ""))
    response = page.response(accepts_gzip=accepts_gzip, with_body=request.method == "GET")
    if "HTTP_IF_NONE_MATCH" not in request.META:
        return response
    return get_conditional_response(request, etag=page.etag, response=response) or response


@lru_cache(maxsize=200)
def _takes_gzip(accepted: str) -> bool:
    """Whether a browser that says this about encodings takes gzip; `gzip;q=0` says that it does not."""
    return re.search(r"(^|[\s,])(x-)?gzip\s*(?!\s*;\s*q=0(\.0*)?\s*(,|$))([;,]|$)", accepted.lower()) is not None


def _key_of(request: HttpRequest) -> str:
    """Return under what the page is kept, or nothing where this request's page is not to come from the cache."""
    if request.method not in {"GET", "HEAD"} or "HTTP_HX_REQUEST" in request.META:
        return ""
    if any(name in request.COOKIES for name in OWN_COOKIES):
        return ""
    try:
        host = request.get_host()
    except DisallowedHost:  # the middleware below says so
        return ""
    parts = (request.scheme or "", host, request.path, request.META.get("QUERY_STRING", ""), get_language_from_request(request))
    return f"page:{hashlib.blake2s(chr(0).join(parts).encode('utf-8', 'replace'), digest_size=16).hexdigest()}"


def _is_public_page(request: HttpRequest) -> bool:
    """Whether the view is marked, and the address asks for nothing but what the view says it answers."""
    try:
        view: Any = resolve(request.path_info).func
    except Resolver404:
        return False
    allowed = getattr(view, "kept_queries", None)
    query = request.META.get("QUERY_STRING", "")
    return allowed is not None and len(query) <= 200 and allowed.issuperset(QueryDict(query))


def _has_room(request: HttpRequest) -> bool:
    """Whether to keep the page of this address: always where it is one of our own, up to so many a minute where a visitor made it up."""
    if not request.META.get("QUERY_STRING") and request.get_host() in {settings.SITE_HOST, urlsplit(settings.SITE_URL).netloc}:
        return True
    count = f"made-up:{int(time.time()) // 60}"
    cache.add(count, 0, 120)
    return cache.incr(count) <= MADE_UP


def _lock(key: str, version: str) -> str:
    return f"{key}:{version}:lock"


def _is_mine(key: str, version: str) -> bool:
    """Whether it is this request's task to render the page. Without a cache it is everybody's."""
    return cache.add(_lock(key, version), 1, LOCKED)


def _wait_for_another(key: str, version: str) -> KeptPage | None:
    """Wait a moment for the page that another request renders. None when it came to nothing, or takes too long."""
    deadline = time.monotonic() + WAIT
    lock = _lock(key, version)
    while time.monotonic() < deadline:
        known = cache.get_many([key, lock])
        page = KeptPage.from_stored(known.get(key))
        if page is not None and page.version == version:
            return page
        if lock not in known:
            return None
        time.sleep(LOOK_AGAIN)
    return None


def _forget_cookies(request: HttpRequest) -> None:
    """A page for all must not depend on what one of them sent. The language stays: it is part of the key."""
    name = settings.LANGUAGE_COOKIE_NAME
    kept = {name: request.COOKIES[name]} if name in request.COOKIES else {}
    request.COOKIES = kept
    request.META.pop("HTTP_COOKIE", None)


def _complain(request: HttpRequest, objection: str) -> None:
    """A page that must not be kept is a mistake in its view: it fails its tests, and costs a live site only time."""
    sentence = f"{request.path} is marked as a public page, but {objection}: it is not kept."
    if settings.PAGE_CACHE_IS_STRICT:
        raise PageNotForAll(sentence)
    logger.error(sentence)
