"""Every page of the access table, in a real browser, for each of those who may open it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.urls import reverse

from foundation.models import Community
from tests import make
from tests.access import WHO
from tests.accessibility import axe, contrast, sideways
from tests.browser import PHONE, sign_in
from tests.community.test_access import rows

NARROW = {"width": 320, "height": 640}  # 1280 at 400 %: WCAG 2.2, 1.4.10
DOWNLOADED = {
    "ambassadors:ambassador-vcard",
    "correspondence:own-address-card",
    "practice:instrument-worksheet-file",
    "practice:instrument-worksheet-pdf",
    "practice:module-report",
    "practice:session-report",
    "practice:organization-archive",
    "practice:respond-worksheet-file",
    "practice:session-table",
    "practice:session-workbook",
    "products:edition-print",
    "products:file-latest",
    "products:file-version",
    "products:review-file",
    "products:review-link-file",
}  # a browser puts it among its downloads, and stays where it is
ZOOMED = {"width": 640, "height": 450}  # 1280 at 200 %

LONG = "Oluwaseun Adébáyọ̀-Fernández de la Vega y Montgolfier"  # the name of whoever a page is about


@pytest.fixture
def named(transactional_db):
    """The community with a name and a purpose as long as they may be."""
    name = "Gesellschaft der Botschafterinnen und Botschafter für lernende Organisationen"
    return Community.objects.update_or_create(pk=1, defaults={"name": name, "purpose": "We help each other to do better. " * 7})[0]


def examined(page, path: str, status: int = 200) -> list[str]:
    """All rules in light on a phone, contrast in dark, and no scrolling sideways when narrow or zoomed."""
    page.set_viewport_size(PHONE)
    response = page.goto(path)
    if response is None or "text/html" not in response.headers.get("content-type", ""):
        return []
    if "sandbox" in response.headers.get("content-security-policy", ""):
        return []  # somebody's mail as it came, locked in: no script runs there, not even axe
    found = [f"answers {response.status}"] * (response.status != status) + axe(page)
    found += contrast(page, "dark")
    page.emulate_media(color_scheme="light")
    for size in (ZOOMED, NARROW):
        page.set_viewport_size(size)
        found += [f"{size['width']} px: {complaint}" for complaint in sideways(page)]
    return [f"{path}: {complaint}" for complaint in found]


# Empties what must be filled in and sends the form past the browser's own checks: the answer is the page with its errors.
REFUSE = """() => {
  const form = [...document.querySelectorAll("main form[method=post]")].find((form) => form.querySelector("[required]:not([type=hidden])"));
  if (!form) return false;
  for (const field of form.querySelectorAll("[required]:not([type=hidden])")) {
    if (field.type === "checkbox" || field.type === "radio") field.checked = false; else field.value = "";
  }
  form.noValidate = true;
  form.dataset.refused = "yes";
  return true;
}"""
SUBMIT = """() => HTMLFormElement.prototype.submit.call(document.querySelector("form[data-refused]"))"""


def refused(page, path: str) -> list[str]:
    """What axe finds in the part that is this page's own, when it answers a form without what it must have, in a narrow window."""
    if path.startswith(("/dev/", "/files/")) or not page.evaluate(REFUSE):
        return []
    with page.expect_navigation():
        page.evaluate(SUBMIT)
    return [f"{path}, refused: {complaint}" for complaint in (*axe(page, within="main"), *sideways(page))]


def pages_of(who: str, cast, page) -> Iterator[str]:
    """Addresses of all pages that one of the cast may look at. Each row builds its object around an ambassador of its own, so that no
    two rows stand in each other's way; `page` is signed in as whoever is asked for."""
    seen = [row for row in rows() if row.method == "get" and row.expect[WHO.index(who)] == 200 and row.name not in DOWNLOADED]
    if who == "ambassador":  # what is the same for everybody has been looked at as a visitor
        seen = [row for row in seen if set(row.expect) != {200}]
    if who in {"staff", "alumnus"}:  # what an ambassador gets, too, is looked at as one; staff walk through the demo besides
        seen = [row for row in seen if row.expect[WHO.index("ambassador")] != 200]
    for number, row in enumerate(seen):
        people = replace(cast, ambassador=make.ambassador(f"Amara {number} {LONG}"))
        person = getattr(people, who, None)
        if person is not None:
            sign_in(page, person)
        path = reverse(row.name, kwargs=row.build(people)) + row.query
        if not path.endswith(
            (".xml", ".txt", ".png", ".svg", ".vcf", ".ics", ".csv", ".json")
        ):  # no page: the browser shows them in a viewer of its own
            yield path


@pytest.mark.row("R14")
@pytest.mark.row("R30")
@pytest.mark.parametrize("who", ["visitor", "ambassador", "staff", "alumnus"])
def test_every_page_of_the_table(open_page, named, tasks_wait, cast, who, settings, tmp_path, watched):
    watched.expected.append("/files/")  # the browser's own viewer of pictures wants styles of its own
    watched.expected.append("sandboxed")  # a letter as it came: that nothing runs in it is the point
    watched.expected.append("status of 422")  # as which a form that lacks something may be answered
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    page = open_page()

    complaints = []
    for path in pages_of(who, cast, page):
        complaints += examined(page, path) + refused(page, path)

    assert "\n".join(complaints) == ""


@pytest.mark.parametrize(
    ("path", "status"), [("/broken/defect/", 500), ("/broken/database/", 503), ("/broken/nonsense/", 400), ("/no/such/page/", 404)]
)
def test_error_pages(open_page, named, settings, watched, path, status):
    settings.ROOT_URLCONF = "tests.community.broken_urls"
    watched.expected.append("Failed to load resource")

    assert examined(open_page(), path, status) == []
