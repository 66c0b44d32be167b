"""Saying something of oneself in a browser: section by section, in place where scripts run, on pages of their own where they do not."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from ambassadors.models import Ambassador, ProfileQuestion
from foundation.models import Topic
from foundation.richtext import to_plain
from tests import make
from tests.accessibility import CONTRAST, axe, sideways
from tests.browser import DESKTOP, PHONE
from tests.foundation.files import picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PROFILE = "ambassadors:profile-edit"


def section(page, name: str):
    return page.locator(f"#profile-{name}")


@pytest.mark.row("R30")
def test_a_section_is_edited_in_place_by_keyboard(open_page):
    alice = make.ambassador("Alice Amadi")
    page = open_page(alice)
    page.goto(reverse(PROFILE))

    section(page, "questions").get_by_role("link", name="Edit").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Ask me about").wait_for()
    expect(section(page, "questions").get_by_text("What people can ask you", exact=True)).to_be_focused()
    page.get_by_label("Ask me about").fill("night shifts")
    page.get_by_label("Who sees what you can be asked about").select_option("public")
    page.keyboard.press("Tab")
    section(page, "questions").get_by_role("button", name="Save").press("Enter")
    section(page, "questions").get_by_role("status").wait_for()

    own = Ambassador.objects.get(user=alice)
    assert (own.ask_me_about, own.ask_me_about_audience) == ("night shifts", "public")
    assert page.url.endswith(reverse(PROFILE))
    expect(section(page, "questions").get_by_role("link", name="Edit")).to_be_focused()


def test_the_editor_starts_in_a_section_that_came_in_later(open_page):
    alice = make.ambassador("Alice Amadi")
    page = open_page(alice)
    page.goto(reverse(PROFILE))
    section(page, "walk-the-talk").get_by_role("link", name="Edit").click()
    surface = section(page, "walk-the-talk").locator(".ProseMirror[contenteditable=true]")

    surface.click()
    page.keyboard.type("We ")
    page.keyboard.press("Control+B")
    page.keyboard.type("publish")
    section(page, "walk-the-talk").get_by_role("button", name="Save").click()
    section(page, "walk-the-talk").get_by_role("status").wait_for()

    assert "<strong>publish</strong>" in Ambassador.objects.get(user=alice).walk_the_talk


@pytest.mark.row("R30")
@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_everything_is_said_without_javascript(open_page, viewport, tmp_path):
    alice = make.ambassador("Alice Amadi")
    face = tmp_path / "me.jpg"
    face.write_bytes(picture(size=(300, 200)))
    page = open_page(alice, viewport=viewport, java_script_enabled=False)
    page.goto(reverse(PROFILE))

    section(page, "about").get_by_role("link", name="Edit").click()
    page.locator("#id_place").fill("Faro, Portugal")
    page.locator("textarea[name=bio]").fill("Two lines\n\nof me")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("link", name="Add a photo").click()
    page.locator("#new_picture").set_input_files(face)
    page.locator("#new_alt").fill("Alice on a bridge")
    page.get_by_role("button", name="Send it").click()
    page.locator("#id_across").fill("100")
    page.get_by_role("button", name="Save the square").click()
    page.get_by_text("Saved.").wait_for()

    own = Ambassador.objects.get(user=alice)
    assert (str(own.place), to_plain(own.bio)) == ("Faro, Portugal", "Two lines\n\nof me")
    assert (own.crop_across, own.photo.alt) == (100, "Alice on a bridge")


def test_the_square_is_dragged(open_page, tmp_path):
    alice = make.ambassador("Alice Amadi")
    face = tmp_path / "me.jpg"
    face.write_bytes(picture(size=(900, 300)))
    page = open_page(alice)
    page.goto(reverse("ambassadors:photo-edit"))
    page.locator("#new_picture").set_input_files(face)
    page.locator("#new_alt").fill("Alice on a bridge")
    page.get_by_role("button", name="Send it").click()
    stage = page.locator("[data-crop-stage]")
    page.locator(".crop__frame").wait_for()

    box = stage.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 2, box["y"] + 20, steps=4)
    page.mouse.up()

    assert page.get_by_label("Left or right").input_value() == "100"
    assert page.locator(".crop__frame").bounding_box()["x"] > box["x"] + box["width"] / 2


def test_pages_about_oneself_and_of_a_person_pass_axe(open_page, tmp_path):
    alice = make.ambassador(
        "Maximiliane-Theodora von und zu Hohenstaufen",
        listed_for="public",
        place="Faro, Portugal",
        ask_me_about="night shifts, budgets",
        bio="<p>Words</p>",
        walk_the_talk="<p>We publish.</p>",
        evidence=[{"label": "The report", "url": "https://harbour.example/"}],
        topics=["Budgets", "Night shifts"],
    )
    ProfileQuestion.objects.create(person=alice, field="bio", status="answered", draft="My own words")
    Topic.objects.create(name="Something else")
    page = open_page(alice, viewport=PHONE)

    complaints = []
    for path in (reverse(PROFILE), alice.ambassador.get_absolute_url(), f"{alice.ambassador.get_absolute_url()}?as=visitor"):
        page.goto(path)
        complaints += [f"{path}: {complaint}" for complaint in [*axe(page), *sideways(page)]]
        page.emulate_media(color_scheme="dark")
        complaints += [f"{path}, dark: {complaint}" for complaint in axe(page, CONTRAST)]
        page.emulate_media(color_scheme="light")

    page.goto(reverse(PROFILE))
    section(page, "questions").get_by_role("link", name="Edit").click()
    page.get_by_label("Ask me about").wait_for()
    assert "\n".join([*complaints, *axe(page), *sideways(page)]) == ""
