"""The directory in a real browser: people appear while one types, and without JavaScript by pressing the button."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from foundation import search
from foundation.models import RoleLabel, Sector, Synonym, Topic
from tests import make
from tests.accessibility import CLIPPED, axe, sideways
from tests.browser import DESKTOP, PHONE, loaded

pytestmark = pytest.mark.browser
LONG = "Aleksandra-Wilhelmina Oyelaran-Featherstonehaugh von und zu Hohenlohe-Schillingsfürst"


@pytest.fixture
def harbour(transactional_db):
    """A few people of whom each can be looked for in another way."""
    health = Sector.objects.create(name="Health")
    nurse = make.ambassador(
        "Zoë Mariños", sector=health, place="Málaga, Spain", topics=["Evaluation"], ask_me_about="waiting lists"
    )
    nurse.ambassador.role_labels.add(RoleLabel.objects.create(name="Practitioner"))
    make.ambassador("Tomasz Wierzbicki", place="Kraków, Poland", topics=["Governance"], organization="Otwarte Drzwi Foundation")
    make.ambassador(
        LONG, slug="long", job_title="Head of " + "partnership" * 8, organization="The " + "Harbour" * 12, ask_me_about="x" * 120
    )
    away = timezone.localdate() + timedelta(days=9)
    make.ambassador("Pau Pausing", status="paused", away_until=away)
    Synonym.objects.create(name="Measurement", topic=Topic.objects.get(name="Evaluation"))
    search.index_all("person")
    return make.ambassador("Alice Amadi", away_until=away)


def names(page) -> list[str]:
    return loaded(page).locator(".person-card .person__name").all_inner_texts()


@pytest.mark.row("J3")
def test_people_appear_while_one_types(open_page, harbour):
    page = open_page(harbour)
    page.goto("/ambassadors/")
    box = page.get_by_label("Search people")
    box.press_sequentially("measurem", delay=20)

    expect(page.locator("#found")).to_have_text("1 person")
    assert names(page) == ["Zoë Mariños"]
    assert (page.url.split("/", 3)[3], box.evaluate("box => box === document.activeElement")) == ("ambassadors/?q=measurem", True)
    box.fill("")
    expect(page.locator(".person-card")).to_have_count(5)
    page.get_by_label("Sector").select_option("Health")
    expect(page.locator("#found")).to_have_text("1 person")
    page.get_by_role("link", name="Without Health").click()
    expect(page.locator(".person-card")).to_have_count(5)


def test_an_address_shows_again_what_it_showed(open_page, harbour):
    page = open_page(harbour)
    page.goto("/ambassadors/")
    page.get_by_label("Search people").press_sequentially("zoe")
    expect(page.locator("#found")).to_have_text("1 person")
    page.get_by_role("link", name="Zoë Mariños", exact=True).click()
    page.wait_for_url("**/ambassadors/zoe-marinos/")

    page.go_back()

    expect(page.get_by_role("heading", level=1)).to_have_text("Ambassadors")
    assert (names(page), page.get_by_label("Search people").input_value()) == (["Zoë Mariños"], "zoe")


def test_it_works_without_javascript(open_page, harbour):
    page = open_page(harbour, java_script_enabled=False)
    page.goto("/ambassadors/")
    page.get_by_label("Search people").fill("measurement")
    page.get_by_role("button", name="Search").click()
    assert names(page) == ["Zoë Mariños"]

    page.get_by_label("Search people").fill("")
    page.get_by_label("Sector").select_option("Health")
    page.get_by_role("button", name="Show").click()

    assert (names(page), page.locator("#found").inner_text()) == (["Zoë Mariños"], "1 person")


def test_by_keyboard_alone(open_page, harbour):
    page = open_page(harbour)
    page.goto("/ambassadors/?q=zoe")
    page.get_by_label("Search people").focus()
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText").startswith("Zoë"):
            break
    page.keyboard.press("Enter")

    page.wait_for_url("**/ambassadors/zoe-marinos/")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_every_state_is_accessible_and_nothing_is_cut_off(open_page, harbour, viewport, scheme):
    page = open_page(harbour, viewport=viewport, color_scheme=scheme)
    complaints = []
    for state in (
        "",
        "?q=zoe&sector=health&available=1",
        "?q=wierzbiki",
        "?q=xyzzyx",
        "?sector=none",
        "?after=zz~1",
        "?q=featherstone",
    ):
        page.goto(f"/ambassadors/{state}")
        complaints += [f"{state}: {said}" for said in [*axe(page), *page.evaluate(CLIPPED), *sideways(page)]]

    assert "\n".join(complaints) == ""


def test_an_empty_directory_is_accessible(open_page, transactional_db):
    page = open_page()
    page.goto("/ambassadors/")

    assert axe(page) == []
