"""Pages of spaces."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from discussions.models import Space, Thread


@require_GET
def space_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A space: what it is for, and, for those who may read it, what is said in it."""
    space = get_object_or_404(Space.objects.visible_to(request.user), slug=slug)
    threads = Thread.objects.visible_to(request.user).listed().filter(space=space).newest_first()
    return render(request, "discussions/spaces/space_detail.html", {"space": space, "threads": threads[:25]})
