"""Who is behind the community."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from community.models import Supporter, TeamMember
from community.pages.reading import text_of
from foundation.access import public_page


@public_page
@require_GET
def about(request: HttpRequest) -> HttpResponse:
    """What the community is for, its team as each of them confirmed it, and who supports it."""
    reader = request.user
    context = {
        "text": text_of(request, "about"),
        "team": list(TeamMember.objects.visible_to(reader).shown()),
        "supporters": list(Supporter.objects.visible_to(reader).shown()),
    }
    return render(request, "community/about.html", context)
