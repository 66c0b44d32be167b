"""Naming people in a browser: the beginning of a name offers who it may be."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from discussions.models import Participant, SpaceRequest
from tests import make
from tests.browser import PHONE
from tests.discussions import making

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_somebody_is_chosen_by_keyboard_and_several_by_touch(open_page):
    alice, bob = make.ambassador("Alice Amadi"), make.ambassador("Bob Brandt")
    make.ambassador("Ana Lima", place="Porto"), make.ambassador("Ana Lind")
    space = making.micro(alice)
    page = open_page(alice, viewport=PHONE, has_touch=True)

    page.goto(f"{space.get_absolute_url()}invite/")
    whom = page.get_by_role("combobox", name="Whom")
    whom.press_sequentially("ana")
    expect(page.get_by_role("option")).to_have_text(["Ana Lima Porto", "Ana Lind"])
    expect(page.get_by_text("People to choose from: 2")).to_be_attached()
    whom.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_have_text("Ana Lima Porto")
    whom.press("Enter")
    expect(whom).to_have_value("Ana Lima")
    expect(page.get_by_role("option")).to_have_count(0)
    page.get_by_role("button", name="Invite").click()
    expect(page.get_by_text("Ana Lima has been invited.")).to_be_visible()
    assert SpaceRequest.objects.get().person.name == "Ana Lima"

    page.goto(f"/discussions/new/?to={bob.ambassador.slug}")
    also = page.get_by_role("combobox", name="Who else")
    for name in ("Ana Lima", "Ana Lind"):
        also.press_sequentially(name[:6])
        page.get_by_role("option", name=name).tap()
    expect(also).to_have_value("Ana Lima, Ana Lind, ")
    page.get_by_label("What it is about").fill("Our survey")
    page.get_by_role("textbox", name="Your message").press_sequentially("Shall we?")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Sent. All 3 get it")).to_be_visible()
    assert list(Participant.objects.order_by("seat").values_list("person__name", flat=True)) == [
        "Alice Amadi",
        "Bob Brandt",
        "Ana Lima",
        "Ana Lind",
    ]
