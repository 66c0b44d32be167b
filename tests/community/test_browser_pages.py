"""Every page of the access table, in a real browser, for each of those who may open it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from foundation.models import Community
from tests.access import WHO
from tests.accessibility import CONTRAST, axe, sideways
from tests.browser import PHONE
from tests.community.test_access import rows

NARROW = {"width": 320, "height": 640}  # 1280 at 400 %: WCAG 2.2, 1.4.10
ZOOMED = {"width": 640, "height": 450}  # 1280 at 200 %


@pytest.fixture
def named(transactional_db):
    """The community with a name and a purpose as long as they may be."""
    name = "Gesellschaft der Botschafterinnen und Botschafter für lernende Organisationen"
    return Community.objects.update_or_create(pk=1, defaults={"name": name, "purpose": "We help each other to do better. " * 7})[0]


def examined(page, path: str) -> list[str]:
    """All rules in light on a phone, contrast in dark, and no scrolling sideways when narrow or zoomed."""
    page.set_viewport_size(PHONE)
    response = page.goto(path)
    if response is None or "text/html" not in response.headers.get("content-type", ""):
        return []
    found = axe(page)
    page.emulate_media(color_scheme="dark")
    found += [f"dark: {complaint}" for complaint in axe(page, CONTRAST)]
    page.emulate_media(color_scheme="light")
    for size in (ZOOMED, NARROW):
        page.set_viewport_size(size)
        found += [f"{size['width']} px: {complaint}" for complaint in sideways(page)]
    return [f"{path}: {complaint}" for complaint in found]


def pages_of(who: str, cast) -> list[str]:
    """Addresses of all pages that one of the cast may look at; each row builds its object."""
    seen = [row for row in rows() if row.method == "get" and row.expect[WHO.index(who)] == 200]
    return [reverse(row.name, kwargs=row.build(cast)) + row.query for row in seen]


@pytest.mark.parametrize("who", ["visitor", "ambassador", "staff", "alumnus"])
def test_every_page_of_the_table(open_page, named, cast, who):
    page = open_page(getattr(cast, who, None))

    complaints = [complaint for path in pages_of(who, cast) for complaint in examined(page, path)]

    assert "\n".join(complaints) == ""


@pytest.mark.parametrize("path", ["/broken/defect/", "/broken/database/", "/broken/nonsense/", "/no/such/page/"])
def test_error_pages(open_page, named, settings, watched, path):
    settings.ROOT_URLCONF = "tests.community.broken_urls"
    watched.expected.append("Failed to load resource")

    assert examined(open_page(), path) == []
