"""One person, as far as the reader may see them."""

from __future__ import annotations

from copy import copy
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from ambassadors.models import Ambassador
from ambassadors.onlookers import ONLOOKERS, onlooker
from ambassadors.privacy import card_for
from ambassadors.told import json_ld_of, vcard_of
from foundation.access import public, public_page
from foundation.panels import Page, panels_for

PANELS: dict[str, Page] = {"panels": "profile", "head_panels": "profile-head"}


@public_page
@require_GET
def ambassador_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One person; one's own profile also as a visitor, a member or the support team sees it (`?as=`)."""
    ambassador = _visible_or_404(request, slug)
    context, preview = _shown(request, ambassador), request.GET.get("as", "")
    if context["card"].is_own and preview in ONLOOKERS:
        context = _as_seen_by(preview, ambassador, request)
    if not request.user.is_authenticated:
        context["told"] = json_ld_of(context["card"], settings.SITE_URL)
    return render(request, "ambassadors/ambassador_detail.html", context)


@public
@require_GET
def ambassador_vcard(request: HttpRequest, slug: str) -> HttpResponse:
    """The same person for an address book: exactly what the page would show this reader."""
    card = card_for(request.user, _visible_or_404(request, slug))
    response = HttpResponse(vcard_of(card, settings.SITE_URL), content_type="text/vcard; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}.vcf"'
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _visible_or_404(request: HttpRequest, slug: str) -> Ambassador:
    found: Ambassador = get_object_or_404(Ambassador.objects.visible_to(request.user).with_card(), slug=slug)
    return found


def _shown(request: HttpRequest, ambassador: Ambassador) -> dict[str, Any]:
    """The card and the panels for the one who asks."""
    panels = {name: panels_for(request, page, ambassador) for name, page in PANELS.items()}
    return {"card": card_for(request.user, ambassador), "preview": "", **panels}


def _as_seen_by(preview: str, ambassador: Ambassador, request: HttpRequest) -> dict[str, Any]:
    """What others get: the same card and the same panels as theirs, and whether the profile opens for them at all."""
    theirs = copy(request)
    theirs.user, theirs.GET = onlooker(preview), QueryDict()
    found = Ambassador.objects.visible_to(theirs.user).filter(pk=ambassador.pk).exists()
    return {**_shown(theirs, ambassador), "preview": preview, "found": found}
