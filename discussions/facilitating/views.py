"""Pages for whoever leads a space."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from discussions.morning import parts_for

if TYPE_CHECKING:
    from ambassadors.models import User


@require_GET
def morning_detail(request: HttpRequest) -> HttpResponse:
    """What may need a facilitator's hand today, over all the spaces that they lead."""
    parts = parts_for(cast("User", request.user))
    if not parts:
        raise PermissionDenied(_("This page is for people who lead a space."))
    return render(request, "discussions/facilitating/morning_detail.html", {"parts": parts})
