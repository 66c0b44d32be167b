"""News, slides and consent as people meet them: without JavaScript, by keyboard, on a phone, and in the admin's editor."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from community.models import NewsItem
from community.models import Testimonial as Words
from tests import make
from tests.accessibility import axe, sideways, tab_walk
from tests.browser import PHONE
from tests.community import making
from tests.foundation.files import PDF


def test_consent_is_given_and_taken_back_without_javascript(open_page, transactional_db):
    author = make.ambassador("Alice Amadi")
    one = making.words_of(author, status="asked", text="I stopped guessing.")
    page = open_page(author, java_script_enabled=False, viewport=PHONE)

    page.goto(reverse("community:desk"))
    page.get_by_role("link", name="Look at the wording").click()
    shown = page.locator(".testimonial").inner_text()
    page.get_by_role("button", name="Yes, show exactly this").click()
    one.refresh_from_db()
    assert (re.split(r"\s*\n\s*", shown.strip()), one.status) == (["I stopped guessing.", "Alice Amadi, Director"], "agreed")

    page.goto(one.get_absolute_url())
    page.get_by_role("button", name="Take these words back").click()
    one.refresh_from_db()
    assert one.status == "withdrawn"


def test_an_offer_is_made_without_javascript(open_page, transactional_db):
    page = open_page(make.ambassador("Alice Amadi"), java_script_enabled=False)

    page.goto(reverse("community:testimonial-offer"))
    page.get_by_label("Your words").fill("I learned to ask.")
    page.get_by_label("first name").check()
    page.get_by_role("button", name="Offer them").click()

    assert list(Words.objects.values_list("text", "signed")) == [("I learned to ask.", "Alice")]


def test_a_piece_of_news_is_written_and_let_out_in_the_admin(open_page, transactional_db):
    """The editor, the picker of authors and the buttons work under the content security policy, which the page watches."""
    make.ambassador("Vera Visible", listed_for="public")
    page = open_page(making.team())

    page.goto(reverse("admin:community_newsitem_add"))
    page.get_by_label("Title").fill("The ferry runs again")
    page.get_by_role("textbox", name="Text").fill("Twice a day, weather permitting.")
    page.locator(".select2-search__field").fill("Vera")
    page.get_by_role("option", name="Vera Visible").click()
    page.get_by_role("button", name="Save and continue editing").click()
    page.get_by_role("link", name="Publish now").click()
    page.get_by_role("button", name="Publish now").click()

    item = NewsItem.objects.get()
    assert (item.status, item.slug, [str(author) for author in item.authors.all()]) == (
        "published",
        "the-ferry-runs-again",
        ["Vera Visible"],
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_with_everything_on_them_are_accessible_on_a_phone(open_page, transactional_db, scheme):
    staff = making.team()
    long_name = "Oluwaseun-Maximiliane Featherstonehaugh-Castellanos von und zu Donaudampfschifffahrtsgesellschaft"
    items = [making.news(f"{long_name} {number}", by=staff, lead=long_name, days_ago=number + 1) for number in range(3)]
    items[1].authors.add(make.ambassador(long_name[:110], listed_for="public", slug="long-name").ambassador)
    making.deck(long_name, by=staff, page="about")
    making.words_of(make.ambassador("Alice Amadi"), by=staff, page="about", role=long_name)
    making.quotation(page="about")
    making.team_member(make.person(long_name[:110], is_staff=True), by=staff, shown=["name", "text"])
    making.supporter(long_name, by=staff, url="https://harbour.example.org/")
    page = open_page(viewport=PHONE, color_scheme=scheme)

    complaints = []
    for url in (reverse("community:news-list"), items[1].get_absolute_url(), reverse("community:about")):
        page.goto(url)
        complaints += [f"{url}: {one}" for one in axe(page) + sideways(page)]

    assert complaints == []


def test_slides_are_read_by_keyboard(open_page, transactional_db):
    making.deck("What we learned", page="about")
    page = open_page()
    page.goto(reverse("community:about"))

    stops, complaints = tab_walk(page)

    page.get_by_text("Read the slides as text").press("Enter")
    expect(page.get_by_text("Slide 1: a door.")).to_be_visible()
    assert [stop for stop in stops if "Download" in stop or "as text" in stop] == [
        f"a Download What we learned (PDF, {len(PDF)} bytes)",
        "summary Read the slides as text",
    ]
    assert [one for one in complaints if "stops for" not in one] == []  # the link that only machines follow is no stop
