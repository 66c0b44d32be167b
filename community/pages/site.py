"""The public site: what a visitor finds. The texts are the support team's; lists and figures are read as they are today."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from community.models import PageEdition
from community.pages import parts
from community.pages.reading import previewed, text_of
from foundation.access import public_page
from foundation.models import Community
from foundation.panels import panels_for

TEXT = "community/pages/text.html"


@public_page
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What the community is, for whoever comes by."""
    return _shown(request, "home", "community/pages/home.html", faces=parts.faces(5), member_count=parts.member_count())


@public_page
@require_GET
def the_community(request: HttpRequest) -> HttpResponse:
    """What holds its people together, and what it is to be one of them."""
    context = {**parts.the_community(), "faces": parts.faces(12), "agreements": parts.how_we_work(request.user)}
    return _shown(request, "community", "community/pages/the_community.html", **context)


@public_page
@require_GET
def campaign(request: HttpRequest) -> HttpResponse:
    """What we ask of everybody, and how to help."""
    return _shown(request, "campaign", "community/pages/campaign.html", **parts.campaign())


@public_page
@require_GET
def norms(request: HttpRequest) -> HttpResponse:
    """What people here may expect of each other."""
    return _shown(request, "norms")


@public_page
@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    """What this site keeps of people, and for how long."""
    return _shown(request, "privacy")


@public_page
@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    """For whom the site works, how that was checked, and whom to tell where it does not."""
    return _shown(request, "accessibility")


@public_page
@require_GET
def practice(request: HttpRequest) -> HttpResponse:
    """How an organisation may look at itself with the community's framework."""
    return _shown(request, "practice", "community/pages/practice.html", panels=panels_for(request, "practice", Community.current()))


@public_page
@require_GET
def how_we_work_list(request: HttpRequest) -> HttpResponse:
    """The agreements that the reader may see."""
    return render(request, "community/pages/how_we_work_list.html", {"agreements": parts.how_we_work(request.user)})


@public_page
@require_GET
def how_we_work(request: HttpRequest, slug: str) -> HttpResponse:
    """One of the agreements: roles, protocols, what moves us."""
    text = previewed(request) or get_object_or_404(
        PageEdition.objects.visible_to(request.user).published().select_related("page"), page__slug=slug
    )
    return render(request, "community/pages/how_we_work.html", {"text": text, "page": text.page})


def _shown(request: HttpRequest, key: str, template: str = TEXT, **context: Any) -> HttpResponse:
    return render(request, template, {"text": text_of(request, key), "key": key, **context})
