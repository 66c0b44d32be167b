"""What the community's own name and colour look like: a small style sheet, the mark, the manifest. All public and the same for everybody."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_GET

from community import share_image as drawing
from community.templatetags.look import look_version
from foundation import palette
from foundation.access import public
from foundation.models import Community


def _etag(request: HttpRequest) -> str:
    return f'"{look_version(Community.current())}"'


def _kept_by_version(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a browser keep what it asked for with its version (`?v=`); whoever does not know the version asks each time."""

    @wraps(view)
    def answered(request: HttpRequest) -> HttpResponse:
        response = view(request)
        response.headers["Cache-Control"] = "public, max-age=86400" if "v" in request.GET else "no-cache"
        return response

    return answered


@public
@require_GET
@_kept_by_version
@condition(etag_func=_etag)
def accent(request: HttpRequest) -> HttpResponse:
    """The accent tokens for light and dark pages. Pages ask for it with `?v=`, which changes with the colour."""
    colour = Community.current().accent
    tokens = {"accent": colour, "dark": palette.dark_tone(colour)}
    return render(request, "community/accent.css", tokens, content_type="text/css; charset=utf-8")


@public
@require_GET
@_kept_by_version
@condition(etag_func=_etag)
def mark(request: HttpRequest) -> HttpResponse:
    """The community's mark: its initials in a ring of its colour."""
    return render(request, "community/mark.svg", {"community": Community.current()}, content_type="image/svg+xml")


@public
@require_GET
@cache_control(public=True, max_age=604800)
def share_image(request: HttpRequest, part: str) -> HttpResponse:
    """The picture beside a shared link. Its address is signed and changes with the look, so a copy may be kept for long."""
    try:
        title = drawing.title_of(part)
    except signing.BadSignature:
        raise Http404 from None
    return HttpResponse(drawing.picture(title, Community.current(), settings.SITE_HOST), content_type="image/png")


@public
@require_GET
@cache_control(public=True, max_age=3600)
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone needs to put the site on its first screen."""
    community = Community.current()
    icon = {"src": f"{reverse('community:mark')}?v={look_version(community)}", "sizes": "any", "type": "image/svg+xml"}
    described = {
        "name": community.name,
        "start_url": reverse("community:desk"),
        "display": "minimal-ui",
        "theme_color": community.accent,
        "background_color": palette.LIGHT.surfaces[0],
        "icons": [icon],
    }
    return HttpResponse(json.dumps(described), content_type="application/manifest+json")
