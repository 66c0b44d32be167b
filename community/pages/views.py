"""Pages of the site as a whole."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from foundation.access import public
from foundation.desk import cards_for


@public
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What the community is, for whoever comes by."""
    return render(request, "community/home.html")


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """What the reader owes, what they are offered, what is new."""
    return render(request, "community/desk.html", {"cards": cards_for(request.user)})
