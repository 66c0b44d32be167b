"""Whom one can name, for fields that offer people while one types."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from ambassadors.picking import people_offered

if TYPE_CHECKING:
    from ambassadors.models import User


@require_GET
def person_list(request: HttpRequest) -> JsonResponse:
    """A few people whom the reader finds by what was typed (`?q=`)."""
    return JsonResponse({"people": people_offered(cast("User", request.user), request.GET.get("q", ""))})
