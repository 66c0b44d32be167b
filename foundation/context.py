from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from foundation.models import Community


def community(request: HttpRequest) -> dict[str, Any]:
    """What every page may say of the community it belongs to."""
    if not hasattr(request, "community"):  # a page of many templates asks once, even without its cache
        request.community = SimpleLazyObject(Community.current)  # type: ignore[attr-defined]
    return {"community": request.community, "demo": settings.DEMO}  # type: ignore[attr-defined]
