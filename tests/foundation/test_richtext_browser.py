from __future__ import annotations

import re

import pytest
from django.urls import reverse

from foundation.models import Community

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FORM = "admin:foundation_community_change"


def without_ids(html: str) -> str:
    return re.sub(r' id="\w+"', "", html)


@pytest.mark.row("R14")
def test_the_editor_works_without_a_breach_of_the_policy(open_page, staff):
    """Fails when an upgrade moves the editor's import map or style: foundation/csp.py computes the hashes of both."""
    Community.objects.create(pk=1, name="C", about="<p>Old words</p>")
    page = open_page(staff)
    page.goto(reverse(FORM, args=[1]))
    surface = page.get_by_role("textbox", name="About the community")
    surface.click()

    page.keyboard.press("Control+A")
    page.keyboard.type("New words, ")
    page.keyboard.press("Control+B")
    page.keyboard.type("strong")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("was changed successfully").wait_for()

    assert without_ids(Community.objects.get().about) == "<p>New words, <strong>strong</strong></p>"


@pytest.mark.row("R14")
def test_the_editor_is_styled_where_it_stands(open_page, staff):
    Community.objects.create(pk=1, name="C", about="<p>Old words</p>")
    page = open_page(staff)

    page.goto(reverse(FORM, args=[1]))

    assert (
        page.get_by_role("textbox", name="About the community").evaluate("element => getComputedStyle(element).whiteSpaceCollapse")
        == "break-spaces"
    )
    assert page.locator(".prose-menubar, .prose-editor [class*=menu]").count() > 0


def test_without_scripts_the_field_is_plain_text(open_page, staff):
    Community.objects.create(pk=1, name="C", about="<p>A <strong>bold</strong> start</p><p>and an end</p>")
    page = open_page(staff, java_script_enabled=False)
    page.goto(reverse(FORM, args=[1]))
    area = page.locator("textarea[name=about]")
    assert area.input_value() == "A bold start\n\nand an end"

    area.fill("A bold start\n\nand a new end, see https://example.org/")
    page.get_by_role("button", name="Save", exact=True).click()

    assert without_ids(Community.objects.get().about) == (
        "<p>A <strong>bold</strong> start</p>"
        '<p>and a new end, see <a href="https://example.org/" rel="noopener nofollow ugc">https://example.org/</a></p>'
    )


def test_a_field_that_htmx_brings_later_gets_its_editor(open_page, staff):
    """What arrives after the page is announced by `htmx:load`; the package itself looks for its fields only once."""
    Community.objects.create(pk=1, name="C", about="<p>Old words</p>")
    page = open_page(staff)
    page.goto(reverse(FORM, args=[1]))
    page.get_by_role("textbox", name="About the community").wait_for()

    page.evaluate(
        """() => {
          const form = document.createElement("form");
          const area = document.querySelector("textarea[name=about]").cloneNode();
          area.name = area.id = "later";
          area.dataset.richtext = "<p>Came <strong>later</strong></p>";
          form.innerHTML = '<input type="hidden" name="later-format" value="plain">';
          form.append(area);
          document.querySelector("main, #content").append(form);
          form.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true }));
        }"""
    )

    page.locator(".prose-editor", has=page.locator("#later")).locator("strong", has_text="later").wait_for()
    assert page.locator("[name=later-format]").input_value() == "html"
