"""Finding each other."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from ambassadors.models import Ambassador
from ambassadors.privacy import ProfileCard, card_for, card_seen_by
from foundation.access import public
from foundation.audiences import WIDEST_FIRST, Audience
from foundation.panels import panels_for

PREVIEWS = {"visitor": Audience.PUBLIC, "member": Audience.MEMBERS}


@public
@require_GET
def ambassador_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One person, as far as the reader may see them; one's own profile also as a visitor or a member sees it (`?as=`)."""
    ambassador = get_object_or_404(Ambassador.objects.visible_to(request.user).with_card(), slug=slug)
    card = card_for(request.user, ambassador)
    preview = request.GET.get("as", "")
    if card.is_own and preview in PREVIEWS:
        context = {"card": _as_seen_by(preview, ambassador), "preview": preview, "found": _is_found_by(preview, ambassador)}
    else:
        context = {"card": card, "preview": "", "panels": panels_for(request, "profile", ambassador)}
    return render(request, "ambassadors/ambassador_detail.html", context)


def _as_seen_by(preview: str, ambassador: Ambassador) -> ProfileCard:
    widest = WIDEST_FIRST.index(PREVIEWS[preview])
    return card_seen_by({str(audience) for audience in WIDEST_FIRST[: widest + 1]}, ambassador)


def _is_found_by(preview: str, ambassador: Ambassador) -> bool:
    """Whether the profile is open at all to those as whom its owner looks at it."""
    if preview == "visitor":
        return Ambassador.objects.visible_to(AnonymousUser()).filter(pk=ambassador.pk).exists()
    return ambassador.belongs and ambassador.listed_for != Audience.STAFF
