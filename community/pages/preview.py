"""A draft exactly as its readers will see it, for the support team."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import resolve
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from community.models import Page, PageEdition
from community.pages import rules
from community.pages.reading import as_its_readers_see_it


@require_GET
@never_cache
def page_preview(request: HttpRequest, key: str) -> HttpResponse:
    """The draft of one of the fixed pages, or one of its editions (`?edition=`)."""
    return _preview(request, key=key)


@require_GET
@never_cache
def how_we_work_preview(request: HttpRequest, slug: str) -> HttpResponse:
    """The draft of a page about how we work, or one of its editions (`?edition=`)."""
    return _preview(request, slug=slug)


def _preview(request: HttpRequest, **which: str) -> HttpResponse:
    if not rules.may_edit_pages(request.user):  # type: ignore[arg-type]
        raise PermissionDenied("The support team writes the pages of the site.")
    page = get_object_or_404(Page.objects.visible_to(request.user), **which)
    editions = PageEdition.objects.visible_to(request.user).filter(page=page).select_related("page")
    number = request.GET.get("edition", "")
    edition = editions.filter(number=number).first() if number.isdecimal() and len(number) < 9 else editions.newest_first().first()
    if edition is None:
        edition = PageEdition(page=page, title=str(page))
    shown = as_its_readers_see_it(request, page, edition)
    match = resolve(shown.path)
    response: HttpResponse = match.func(shown, *match.args, **match.kwargs)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
