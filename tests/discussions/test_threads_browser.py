"""Two people in one conversation at once, and a reader on a phone, in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from discussions import workflow
from discussions.models import Post, ReadMark, Thread
from tests import make
from tests.accessibility import axe, sideways
from tests.browser import PHONE
from tests.discussions import making

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def talk(transactional_db):
    """Alice asked in a topic."""
    return making.thread(making.topic(), make.ambassador("Alice Amadi"), kind="question", subject="Who pays for childcare?")


def say(page, words: str) -> None:
    """Write an answer in the editor and send it."""
    page.locator("#answer [role=textbox]").click()
    page.keyboard.type(words)
    page.locator("#answer").get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("article.post").last).to_contain_text(words)


def test_two_people_in_one_thread_at_once(open_page, talk):
    alice, bob = talk.started_by, make.ambassador("Bob Brandt")
    hers, his = open_page(alice), open_page(bob)
    for page in (hers, his):
        page.goto(talk.get_absolute_url())

    say(his, "The city does, from the second child on.")
    say(hers, "I meant the small towns.")  # her page was loaded before he answered

    assert list(Post.objects.order_by("number").values_list("number", "author__name")) == [
        (1, "Alice Amadi"),
        (2, "Bob Brandt"),
        (3, "Alice Amadi"),
    ]
    expect(hers.locator("#post-2")).to_contain_text("from the second child on")
    hers.locator("#post-2 summary", has_text="More").click()
    hers.get_by_role("button", name="Mark as what helped").click()
    his.goto(talk.get_absolute_url())
    expect(his.locator(".helped")).to_contain_text("The city does, from the second child on.")
    expect(his.locator(".new-bar")).to_contain_text("New since")
    expect(his.locator(".new-bar + article")).to_have_id("post-3")


def test_a_reader_on_a_phone_reads_on_and_what_was_seen_counts_as_read(open_page, talk):
    bob, alice = make.ambassador("Bob Brandt"), talk.started_by
    rows = [Post(thread=talk, number=number, author=alice, body=f"<p>Thought {number}.</p>") for number in range(2, 46)]
    rows[5].body = f"<p>Thought 7: https://example.org/{'awordwithoutagap' * 9}</p>"
    Post.objects.bulk_create(rows)
    Thread.objects.filter(pk=talk.pk).update(last_number=45)
    workflow.mark_read(Thread.objects.get(), by=bob, number=5)
    page = open_page(bob, viewport=PHONE, has_touch=True)

    page.goto(talk.get_absolute_url())
    assert axe(page) == []
    assert sideways(page) == []
    page.get_by_role("link", name=re.compile("40 new since")).click()
    expect(page.locator(".new-bar + article")).to_be_in_viewport()
    page.locator("#post-7 summary", has_text="More").click()
    expect(page.locator("#post-7").get_by_role("link", name="Report")).to_be_visible()
    assert sideways(page) == []
    page.get_by_role("link", name="Later").click()
    expect(page.locator("article.post")).to_have_count(40)
    expect(page.locator("#post-21")).to_be_focused()
    with page.expect_response(lambda response: response.url.endswith("/read/")) as read:
        page.locator("#post-30").scroll_into_view_if_needed()

    assert read.value.status == 204
    assert ReadMark.objects.get(person=bob).number >= 30


def test_keys_lead_from_post_to_post_rest_while_one_types_and_can_be_switched_off(open_page, talk):
    making.talk(talk, make.ambassador("Carla Costa"), make.ambassador("Dora Dahl"))
    page = open_page(talk.started_by)
    page.goto(talk.get_absolute_url())
    expect(page.locator("#answer [role=textbox]")).to_be_visible()

    for key, place in (("j", "#post-1"), ("j", "#post-2"), ("j", "#post-3"), ("k", "#post-2")):
        page.keyboard.press(key)
        expect(page.locator(place)).to_be_focused()
    page.keyboard.press("r")
    expect(page.locator("#answer [role=textbox]")).to_be_focused()
    page.keyboard.type("jk?")
    expect(page.locator("#answer [role=textbox]")).to_have_text("jk?")
    page.locator("#post-1").focus()
    page.keyboard.press("?")
    page.get_by_label("Use these keys in this browser").uncheck()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("?")
    expect(page.locator("#shortcuts")).to_be_hidden()
    page.get_by_role("button", name="Keyboard shortcuts").click()
    expect(page.locator("#shortcuts")).to_be_visible()
    assert axe(page) == []
