"""The text of a page as a reader gets it: the published edition, or the draft that somebody of the support team looks at."""

from __future__ import annotations

from copy import copy

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from community.models import Page, PageEdition, PageKey


def text_of(request: HttpRequest, key: str) -> PageEdition:
    """Return the text of one of the fixed pages; before anything is published it is the page's name and nothing else."""
    seen = previewed(request)
    if seen is not None and seen.page.key == key:
        return seen
    found: PageEdition | None = PageEdition.objects.visible_to(request.user).published().of(key).first()
    return found or PageEdition(title=str(PageKey(key).label))


def previewed(request: HttpRequest) -> PageEdition | None:
    """Return the text that this very request is to show, published or not."""
    seen: PageEdition | None = getattr(request, "previewed", None)
    return seen


def as_its_readers_see_it(request: HttpRequest, page: Page, edition: PageEdition) -> HttpRequest:
    """Return the request with which a reader would ask for the page, with `edition` in the place of what is published."""
    seen = copy(request)
    if page.audience == "public":
        seen.user = AnonymousUser()
    seen.path = seen.path_info = page.get_absolute_url()
    seen.GET = type(request.GET)(mutable=False)
    seen.previewed = edition  # type: ignore[attr-defined]
    return seen
