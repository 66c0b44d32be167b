from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.functional import SimpleLazyObject

from foundation.models import Community


def token_of(request: HttpRequest) -> str:
    """The token of a page's forms: made once a page, for Django would mask it anew for each of its templates."""
    if not hasattr(request, "token_of_page"):
        request.token_of_page = get_token(request)  # type: ignore[attr-defined]
    token: str = request.token_of_page  # type: ignore[attr-defined]
    return token


def community(request: HttpRequest) -> dict[str, Any]:
    """What every page may say of the community it belongs to."""
    if not hasattr(request, "community"):  # a page of many templates asks once, even without its cache
        is_own_page = getattr(getattr(request, "user", None), "is_authenticated", False)
        request.community = SimpleLazyObject(Community.seen if is_own_page else Community.current)  # type: ignore[attr-defined]
    return {
        "community": request.community,  # type: ignore[attr-defined]
        "demo": settings.DEMO,
        "csrf_token": SimpleLazyObject(lambda: token_of(request)),
    }
