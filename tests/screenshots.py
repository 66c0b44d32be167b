"""`make screenshots`: a picture of every page of the access table in var/screenshots, on a phone and a desk, in light and dark.

Not collected with the tests (its name is no test's); asked for by its path.
"""

from __future__ import annotations

import pytest

from foundation.models import Community
from tests.browser import DESKTOP, PHONE, picture
from tests.community.test_browser_admin import pages as admin_pages
from tests.community.test_browser_pages import pages_of

PURPOSE = "Leaders who want their organisations to be judged by what changes for people, and who help each other to get there."


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", ["phone", "desktop"])
@pytest.mark.parametrize("who", ["visitor", "ambassador", "staff", "superuser"])
def test_pictures(open_page, cast, watched, who, size, scheme, settings, tmp_path):
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    Community.objects.update_or_create(pk=1, defaults={"name": "Harbour Lights", "purpose": PURPOSE})
    page = open_page(getattr(cast, who, None), viewport=PHONE if size == "phone" else DESKTOP, color_scheme=scheme)
    watched.expected.append("")

    for path in admin_pages(cast.superuser) if who == "superuser" else pages_of(who, cast, page):
        response = page.goto(path)
        if response is not None and "text/html" in response.headers.get("content-type", ""):
            name = path.strip("/").replace("/", "-").replace("?", "-") or "home"
            picture(page, f"{size}-{scheme}/{who}-{name}")
