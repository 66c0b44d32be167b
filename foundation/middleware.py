"""The door of the house, and the clock on its wall."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.utils import timezone
from django.utils.functional import LazyObject

# Views of packages, which cannot carry our marks: by the name of their module's package, and what they ask of the visitor.
# allauth decides per view whether one must be signed in; the static files view only ever runs in development.
PACKAGES = {"allauth": "signed in or own check", "django.views.static": "public", "django.contrib.staticfiles": "public"}


class MembersOnlyMiddleware(LoginRequiredMiddleware):
    """Let only active ambassadors and staff through, unless the view is marked `@public` or `@signed_in`."""

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: tuple[Any, ...], view_kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        if _is_from_a_package_with_its_own_door(view_func):
            return None
        refused: HttpResponseBase | None = super().process_view(request, view_func, view_args, view_kwargs)
        if refused is not None or getattr(view_func, "access", "") in {"public", "signed in"}:
            return refused
        if request.user.is_authenticated and not request.user.is_member:
            raise PermissionDenied("This page is for active ambassadors.")
        return None


def _is_from_a_package_with_its_own_door(view_func: Callable[..., Any]) -> bool:
    module = getattr(getattr(view_func, "view_class", view_func), "__module__", "")
    return any(module == package or module.startswith(f"{package}.") for package in PACKAGES)


class TokenPagesCsrfMiddleware(CsrfViewMiddleware):
    """Django's own, but for one thing: a browser names no origin ("null") for a form on a page which sends no referrer.

    Those are the pages whose address holds a token (foundation/tokens.py). The form's own token must fit there like anywhere.
    """

    def _origin_verified(self, request: HttpRequest) -> bool:
        here = getattr(request.resolver_match, "func", None)
        if request.META["HTTP_ORIGIN"] == "null" and getattr(here, "holds_token", False):
            return True
        verified: bool = super()._origin_verified(request)  # type: ignore[misc]  # the stubs leave it out
        return verified


class ReaderTimeZoneMiddleware:
    """Show times in the reader's own zone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        zone = getattr(request.user, "time_zone", "") if request.user.is_authenticated else ""
        if isinstance(request.user, LazyObject):  # known by now: a page asks a few hundred things of them
            request.user = getattr(request, "_cached_user", request.user)
        if zone:
            timezone.activate(zoneinfo.ZoneInfo(zone))
        try:
            return self.get_response(request)
        finally:
            timezone.deactivate()
