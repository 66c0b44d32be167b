"""Two stories lived through on a phone, from the outer door: words that are reported, and an Ask Me About."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from correspondence import due
from discussions.models import AskMeAbout, Report
from tests import make
from tests.accessibility import axe, sideways
from tests.browser import PHONE
from tests.correspondence.conftest import smtp  # noqa: F401  the mail server
from tests.discussions import asking_making, making

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def nothing_wrong(page) -> None:
    assert axe(page) == []
    assert sideways(page) == []


def follow_mail(page, smtp, person, subject: str) -> str:  # noqa: F811
    """Open what the latest mail of that subject leads to, and return its words."""
    found = [message for message in smtp.messages if message["To"] == person.email and subject in message["Subject"]]
    words: str = found[-1].get_body(("plain",)).get_content()
    page.goto(re.search(r"https?://[^/\s]+(/discussions/\S+|/reports/\S+)", words)[1])
    return words


def test_words_are_reported_hidden_by_a_handler_and_the_reporter_hears(open_page, smtp):  # noqa: F811
    alice, bob, hanna = make.ambassador("Alice Amadi"), make.ambassador("Bob Brandt"), make.ambassador("Hanna Hill", is_staff=True)
    thread = making.thread(making.topic(), bob, body="You have no idea, as usual.")
    hers = open_page(alice, viewport=PHONE, has_touch=True)
    hers.goto(thread.get_absolute_url())
    hers.locator("#post-1 summary", has_text="More").click()
    hers.locator("#post-1").get_by_role("link", name="Report").click()
    hers.get_by_label("It is unkind, or attacks somebody").check()
    hers.get_by_label("In your own words").fill("Please talk with him.")
    nothing_wrong(hers)
    hers.get_by_role("button", name="Send the report").click()
    expect(hers.get_by_text("It waits for somebody who handles reports.")).to_be_visible()

    handler = open_page(hanna, viewport=PHONE, has_touch=True)
    handler.goto("/reports/")
    handler.get_by_role("link", name="It is unkind, or attacks somebody").click()
    expect(handler.get_by_text("Please talk with him.")).to_be_visible()
    nothing_wrong(handler)
    handler.get_by_role("button", name="I look at it").click()
    expect(handler.get_by_role("button", name="Leave it to somebody else")).to_be_visible()
    handler.get_by_role("link", name="Hide this post").click()
    handler.get_by_label("Why").fill("It is about the person. Say what you think of the plan.")
    handler.get_by_role("button", name="Hide it").click()
    expect(handler.get_by_role("heading", name="What worked this week")).to_be_visible()
    handler.goto(Report.objects.get().get_absolute_url())
    handler.get_by_label("Something was done").check()
    handler.get_by_label("What the one who reported is told").fill("I have hidden it, and talked with him.")
    handler.get_by_role("button", name="Settle and tell").click()
    expect(handler.get_by_role("heading", name="What the one who reported was told")).to_be_visible()

    assert "I have hidden it, and talked with him." in follow_mail(hers, smtp, alice, "report")
    expect(hers.get_by_text("Hanna Hill writes:")).to_be_visible()
    hers.goto(thread.get_absolute_url())
    expect(hers.locator("#post-1")).not_to_contain_text("You have no idea")
    assert "It is about the person." in follow_mail(open_page(bob, viewport=PHONE), smtp, bob, "idden")


def test_an_ask_me_about_from_its_preparing_to_its_close(open_page, smtp):  # noqa: F811
    making.topic()
    ruth, bob = make.ambassador("Ruth Reed"), make.ambassador("Bob Brandt")
    host = open_page(ruth, viewport=PHONE, has_touch=True)
    host.goto("/discussions/ask-me-about/")
    host.get_by_role("link", name="Host one").click()
    host.get_by_label("Title").fill("Ask me about coalitions")
    host.get_by_label("What you know about").fill("Twenty years of coalitions without a budget")
    host.locator("[role=textbox]").click()
    host.keyboard.type("I have run four of them.")
    today = timezone.localdate()
    host.get_by_label("Opens on").fill((today - timedelta(days=1)).isoformat())
    host.get_by_label("Open through").fill((today + timedelta(days=6)).isoformat())
    nothing_wrong(host)
    host.get_by_role("button", name="Keep it").click()
    nothing_wrong(host)
    host.get_by_role("button", name="Open it now").click()
    expect(host.get_by_text("Open for questions")).to_be_visible()

    asker = open_page(bob, viewport=PHONE, has_touch=True)
    asker.goto("/discussions/ask-me-about/")
    asker.get_by_role("link", name="Ask me about coalitions").click()
    asker.locator("#answer [role=textbox]").click()
    asker.keyboard.type("How do you begin?")
    asker.locator("#answer").get_by_role("button", name="Send", exact=True).click()
    expect(asker.locator("#post-2")).to_contain_text("waits for an answer")

    follow_mail(host, smtp, ruth, "Ask me about coalitions")
    host.goto(f"/discussions/ask-me-about/{AskMeAbout.objects.get().pk}/questions/")
    host.locator("[role=textbox]").click()
    host.keyboard.type("With soup, and a list of who is missing.")
    nothing_wrong(host)
    host.get_by_role("button", name="Post what I have answered").click()
    expect(host.get_by_role("heading", name="Nothing waits for you")).to_be_visible()
    assert "With soup" in follow_mail(asker, smtp, bob, "Your question has an answer")
    expect(asker.get_by_text("With soup, and a list of who is missing.")).to_be_visible()

    asking_making.closed(AskMeAbout.objects.get())
    due.post_all()
    asker.goto(AskMeAbout.objects.get().get_absolute_url())
    expect(asker.get_by_text("Closed for questions")).to_be_visible()
    expect(asker.locator("#post-2 .asked__done")).to_have_text("answered")
    nothing_wrong(asker)
