"""Asking the site for one of its own addresses as somebody who is not signed in, without any network."""

from __future__ import annotations

import io
import posixpath
from functools import lru_cache
from typing import Any
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

MOST_TURNS = 5  # from former addresses to the one of today
OPEN, CLOSED, MISSING, PERSONAL, BROKEN = "open", "closed", "missing", "personal", "broken"
NOT_FOR_VISITORS = {
    CLOSED: _("leads to what only members may read"),
    MISSING: _("leads to nothing that visitors can read"),
    PERSONAL: _("is meant for one person alone"),
    BROKEN: _("does not answer as a page should"),
}


def answer_to_visitor(address: SplitResult) -> str:
    """Return what a visitor gets at an address of this site. A former address leads on to the one of now; to sign in is no page."""
    for _turn in range(MOST_TURNS):
        path = _path_of(address)
        if _holds_token(path):
            return PERSONAL
        response = _get(path, address.query)
        where = response.headers.get("Location", "")
        if response.status_code not in {301, 302, 303, 307, 308} or not where:
            return _meaning(response.status_code)
        address = urlsplit(urljoin(settings.SITE_URL + quote(path), where))
        if _path_of(address) in _doors():
            return CLOSED
        if address.hostname != urlsplit(settings.SITE_URL).hostname:
            return OPEN
    return BROKEN


def _path_of(address: SplitResult) -> str:
    """The path as a browser would ask for it: without the dots that lead elsewhere."""
    path = unquote(address.path).replace("\\", "/") or "/"
    plain = posixpath.normpath("/" + path.lstrip("/"))
    return plain + ("/" if path.endswith("/") and plain != "/" else "")


def _meaning(status: int) -> str:
    if status == 200:
        return OPEN
    return {403: CLOSED, 401: CLOSED, 404: MISSING, 410: MISSING}.get(status, BROKEN)


def _doors() -> set[str]:
    """Where one is sent to sign in."""
    return {str(resolve_url(settings.LOGIN_URL)), reverse("admin:login")}


def _holds_token(path: str) -> bool:
    try:
        return bool(getattr(resolve(path).func, "holds_token", False))
    except Resolver404:
        return False


def _get(path: str, query: str) -> HttpResponseBase:
    # The site's own middleware speaks the visitor's language and time: the caller's are put back afterwards.
    with translation.override(translation.get_language()), timezone.override(timezone.get_current_timezone()):
        response = _site().get_response(WSGIRequest(_environ(path, query)))
    for close in response._resource_closers:  # type: ignore[attr-defined]  # not `close()`, which would end the caller's own request
        close()
    return response


def _environ(path: str, query: str) -> dict[str, Any]:
    site = urlsplit(settings.SITE_URL)
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path.encode().decode("latin-1"),
        "SCRIPT_NAME": "",
        "QUERY_STRING": query,
        "SERVER_NAME": site.hostname or "localhost",
        "SERVER_PORT": str(site.port or (443 if site.scheme == "https" else 80)),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": site.netloc,
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": site.scheme,
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
    }
    if settings.SECURE_PROXY_SSL_HEADER and site.scheme == "https":
        name, value = settings.SECURE_PROXY_SSL_HEADER
        environ[name] = value
    return environ


@lru_cache(maxsize=1)
def _site() -> BaseHandler:
    handler = BaseHandler()
    handler.load_middleware()
    return handler
