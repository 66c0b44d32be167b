"""The same ways through the site by keyboard alone, and without JavaScript."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests import make
from tests.accessibility import CLIPPED, sideways, tab_walk
from tests.browser import DESKTOP, PHONE

WAY = ["ambassadors:ambassador-list", "ambassadors:profile-edit", "settings:home", "community:desk", "community:styleguide"]


def open_sign_in(page) -> None:
    page.goto(reverse("account_login"))


def tab_to(page, wanted) -> None:
    """Press Tab until the control has the focus."""
    for _ in range(60):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab never reached {wanted}")


def press(page, role: str, name: str) -> None:
    tab_to(page, page.get_by_role(role, name=name, exact=True).first)
    page.keyboard.press("Enter")


def write(page, label: str, text: str) -> None:
    tab_to(page, page.get_by_label(label, exact=True))
    page.keyboard.type(text)


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_keyboard_reaches_everything_and_shows_where_it_is(open_page, transactional_db, viewport):
    alice = make.ambassador("Alice Amadi")
    page = open_page(alice, viewport=viewport)

    complaints = []
    for name in WAY:
        page.goto(reverse(name))
        stops, found = tab_walk(page)
        assert stops[0] == "a Skip to content"
        complaints += [f"{name}: {complaint}" for complaint in found]

    assert "\n".join(complaints) == ""


@pytest.mark.row("R30")
def test_keyboard_signs_in_finds_a_person_and_signs_out(open_page, transactional_db):
    alice = make.ambassador("Alice Amadi")
    make.ambassador("Bob Brandt")
    page = open_page()
    open_sign_in(page)

    write(page, "E-mail address", alice.email)
    write(page, "Password", make.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/")
    press(page, "link", "Ambassadors")
    page.wait_for_url("**/ambassadors/")
    write(page, "Search people", "brandt")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ambassadors/?q=brandt")
    press(page, "link", "Bob Brandt")
    page.wait_for_url("**/ambassadors/bob-brandt/")
    tab_to(page, page.locator("summary", has_text="Your account"))
    page.keyboard.press("Enter")
    press(page, "button", "Sign out")
    page.wait_for_url("/")

    assert page.get_by_role("link", name="Sign in").count() > 0


def test_skip_link_leads_past_the_header(open_page, transactional_db):
    page = open_page(make.ambassador("Alice Amadi"))
    page.goto(reverse("ambassadors:ambassador-list"))

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.closest('main').querySelector('a, input') === document.activeElement")


def test_escape_or_a_click_elsewhere_closes_an_open_menu(open_page, transactional_db):
    page = open_page(make.ambassador("Alice Amadi"))
    page.goto(reverse("community:desk"))
    account = page.locator("details", has_text="Your account").last

    account.locator("summary").click()
    page.keyboard.press("Escape")
    after_escape = account.get_attribute("open")
    account.locator("summary").click()
    page.locator("h1").click()

    assert (after_escape, account.get_attribute("open")) == (None, None)


@pytest.mark.row("R30")
@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_without_javascript(open_page, transactional_db, viewport):
    alice = make.ambassador("Alice Amadi")
    make.ambassador("Bob Brandt")
    page = open_page(viewport=viewport, java_script_enabled=False)
    open_sign_in(page)

    page.get_by_label("E-mail address", exact=True).fill(alice.email)
    page.get_by_label("Password", exact=True).fill(make.PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/desk/")
    if viewport is PHONE:
        page.locator("summary", has_text="Menu").click()
    page.get_by_role("link", name="Ambassadors", exact=True).first.click()
    page.get_by_label("Search people").fill("brandt")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Bob Brandt", exact=True).click()
    assert page.get_by_role("heading", level=1).inner_text() == "Bob Brandt"
    page.goto(reverse("ambassadors:profile-edit"))
    page.locator("#profile-you").get_by_role("link", name="Edit").click()
    page.get_by_label("Name", exact=True).fill("Alice A. Amadi")
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator("summary", has_text="Your account").click()
    assert "Alice A. Amadi" in page.locator(".menu__head").inner_text()
    page.get_by_role("button", name="Sign out").click()

    expect(page).to_have_url(re.compile(r"/$"))
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()


# What WCAG 2.2, 1.4.12 lets a reader set.
SPACED = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }"


def test_text_may_be_spaced_out(open_page, transactional_db):
    page = open_page(make.ambassador("Maximiliane-Theodora von und zu Hohenstaufen"), viewport=PHONE)

    complaints = []
    for name in WAY:
        page.goto(reverse(name))
        page.evaluate(
            "css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); document.adoptedStyleSheets = [sheet] }", SPACED
        )
        complaints += [f"{name}: {complaint}" for complaint in [*sideways(page), *page.evaluate(CLIPPED)]]

    assert "\n".join(complaints) == ""
