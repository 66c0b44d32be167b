"""Slides on a page of their own: what they say, to read and to find, and the file to take along."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from community.models import Deck
from foundation.access import public_page


@public_page
@require_GET
def deck_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One deck. The support team sees here what is not published, as it will look."""
    deck = get_object_or_404(Deck.objects.visible_to(request.user).with_files(), slug=slug)
    return render(request, "community/deck_detail.html", {"deck": deck})
