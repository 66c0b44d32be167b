"""One person, as far as the reader may see them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from ambassadors.models import Ambassador
from ambassadors.privacy import card_for, card_seen_by
from ambassadors.told import json_ld_of, vcard_of
from foundation.access import public, public_page
from foundation.audiences import WIDEST_FIRST, Audience
from foundation.panels import panels_for

PREVIEWS = {"visitor": Audience.PUBLIC, "member": Audience.MEMBERS, "staff": Audience.STAFF}


@public_page
@require_GET
def ambassador_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One person; one's own profile also as a visitor, a member or the support team sees it (`?as=`)."""
    ambassador = _visible_or_404(request, slug)
    card = card_for(request.user, ambassador)
    preview = request.GET.get("as", "")
    if card.is_own and preview in PREVIEWS:
        context = _as_seen_by(preview, ambassador)
    else:
        parts = {
            "panels": panels_for(request, "profile", ambassador),
            "head_panels": panels_for(request, "profile-head", ambassador),
        }
        context = {"card": card, "preview": "", **parts}
    if not request.user.is_authenticated:
        context["told"] = json_ld_of(card, settings.SITE_URL)
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


def _as_seen_by(preview: str, ambassador: Ambassador) -> dict[str, Any]:
    """What others get: the same card as theirs, and whether the profile opens for them at all."""
    reach = {str(audience) for audience in WIDEST_FIRST[: WIDEST_FIRST.index(PREVIEWS[preview]) + 1]}
    return {"card": card_seen_by(reach, ambassador), "preview": preview, "found": _is_found_by(preview, ambassador)}


def _is_found_by(preview: str, ambassador: Ambassador) -> bool:
    if preview == "visitor":
        return Ambassador.objects.visible_to(AnonymousUser()).filter(pk=ambassador.pk).exists()
    open_to_members = Ambassador.objects.open_to_members()  # unscoped: one's own profile, as any member would look for it
    return preview == "staff" or open_to_members.filter(pk=ambassador.pk).exists()
