"""The link that no person follows: who does is shut out for some minutes, unless they are signed in.

It is in the foot of every page, hidden from the eye, from assistive technology and from the keyboard, says what it is to whoever reads it
all the same, and is disallowed in robots.txt. Who was trapped is known to the cache alone: without it nobody is shut out.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from community.at_hand import at_hand
from correspondence.addresses import team_address

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

MINUTES = 10
# Open to the trapped as well. A crawler that may not read robots.txt takes everything as allowed; a member who shares the address of
# a crawler must be able to sign in; and the page that says so should look like ours.
ALWAYS_OPEN = ("/robots.txt", "/.well-known/", "/accounts/", "/look/", settings.STATIC_URL)


def key_of(request: HttpRequest) -> str:
    """Return the cache's key for the visitor's address, by the function that the limits of signing in use (a /64 for IPv6)."""
    try:
        return f"trapped:{get_ip(request)}"
    except PermissionDenied:  # an address that is none
        return "trapped:nowhere"


def shut_out(request: HttpRequest) -> None:
    """Answer this address with the page below for the next minutes."""
    cache.set(key_of(request), 1, MINUTES * 60)
    at_hand.forget()


def shut_out_page(request: HttpRequest) -> HttpResponse:
    """Say kindly what happened, for how long, and how to reach us."""
    context = {"minutes": MINUTES, "address": team_address()}
    page = render(request, "community/shut_out.html", context, status=403)
    page.headers["Cache-Control"] = "no-store"
    page.headers["Retry-After"] = str(MINUTES * 60)
    return page


class TrapMiddleware:
    """Shut out who followed the trap. Whoever is signed in passes, and is not even looked up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith(ALWAYS_OPEN) or not self._is_trapped(request):
            return self.get_response(request)
        return shut_out_page(request)

    def _is_trapped(self, request: HttpRequest) -> bool:
        # The page cache has looked already, in the one question it asks anyway, where there was no session cookie.
        known: bool | None = getattr(request, "is_trapped", None)
        if known is None:
            return not request.user.is_authenticated and cache.has_key(key_of(request))
        return known
