"""The page of help with a principle, which everybody reads; members also learn who can be asked."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from foundation.access import public_page, signed_in
from practice.help import finding
from practice.models import LearningSession


@public_page
@require_GET
def help_detail(request: HttpRequest, key: str, principle: str) -> HttpResponse:
    """What is published about it, and for members who can be asked."""
    place = finding.place_of(key, principle)
    if place is None:
        raise Http404("no such principle")
    return render(request, "practice/help/help_detail.html", {"place": place, **_help(request, place)})


@signed_in
@require_GET
def point_help(request: HttpRequest, pk: int, point: str) -> HttpResponse:
    """The same, come to from a proof point of one's own results: from here an organisation asks the community without its name."""
    session = get_object_or_404(
        LearningSession.objects.visible_to(request.user).select_related("organization", "instrument_edition"), pk=pk
    )
    found = finding.point_of(session, point)
    if found is None:
        raise Http404("no such proof point")
    context = {"place": found.place, "point": found.asked, "session": session, **_help(request, found.place)}
    return render(request, "practice/help/help_detail.html", context)


def _help(request: HttpRequest, place: finding.Place) -> dict[str, Any]:
    return {
        "parts": finding.parts_for(place, request.user),
        "groups": finding.products_for(place, request.user),
        "people": finding.people_for(place, request.user),
    }
