from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from ambassadors.models import Ambassador
from foundation.access import public


@public
@require_GET
def ambassador_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One person, as far as the reader may see them."""
    ambassador = get_object_or_404(Ambassador.objects.visible_to(request.user), slug=slug)
    return render(request, "ambassadors/ambassador_detail.html", {"ambassador": ambassador})
