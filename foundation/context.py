from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from foundation.models import Community


def community(request: HttpRequest) -> dict[str, Any]:
    """What every page may say of the community it belongs to."""
    return {"community": SimpleLazyObject(Community.current), "demo": settings.DEMO}
