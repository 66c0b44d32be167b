"""Writing in a browser: whom to name, a quotation, a look before, and words that outlast a lost connection."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from discussions.models import Draft, Mention, Post
from tests import make
from tests.discussions import making

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_somebody_writes_an_answer(open_page, watched):
    alice, bob, ana = (make.ambassador(name) for name in ("Alice Amadi", "Bob Brandt", "Ana Lima"))
    talk = making.thread(making.topic(), bob, body="What do you read by the sea?")
    page = open_page(alice)
    page.goto(talk.get_absolute_url())
    editor = page.get_by_role("textbox", name="Your answer")

    page.get_by_role("link", name="Quote").click()
    expect(editor.locator("blockquote")).to_have_text("What do you read by the sea?")
    editor.press("Control+End")
    editor.press_sequentially("Ask @an")
    expect(page.get_by_role("option")).to_have_text(["Ana Lima"])
    editor.press("Enter")
    editor.press_sequentially("about tides.")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("region", name="Preview").locator("strong")).to_have_text("@Ana Lima")
    expect(page.get_by_text("Kept as a draft.")).to_be_visible()
    assert Draft.objects.get(person=alice).thread == talk

    watched.expected += [
        "Failed to load resource",
        "linkifyjs: already initialized",
    ]  # the latter of a text that begins with a link
    page.context.set_offline(True)
    editor.press_sequentially(" And moons.")
    expect(page.get_by_text("No connection.")).to_be_visible()
    page.context.set_offline(False)
    page.reload()
    expect(editor).to_contain_text("Ask @Ana Lima about tides. And moons.")

    page.get_by_role("button", name="Send").click()
    expect(page.locator(".post__body").last).to_contain_text("And moons.")
    expect(editor).to_have_text("")
    post = Post.objects.get(author=alice)
    assert post.answers == talk.posts.get(number=1)
    assert [mention.person for mention in Mention.objects.filter(post=post)] == [ana]


def test_a_name_is_narrowed_down_while_the_server_is_silent(open_page):
    alice, bob = make.ambassador("Alice Amadi"), make.ambassador("Bob Brandt")
    for name in ("Ana Lima", "André Abel"):
        make.ambassador(name)
    page = open_page(alice)
    page.goto(making.thread(making.topic(), bob).get_absolute_url())
    editor = page.get_by_role("textbox", name="Your answer")
    editor.press_sequentially("Ask @an")
    expect(page.get_by_role("option")).to_have_text(["Ana Lima", "André Abel"])
    page.route(re.compile(r"\?q="), lambda route: None)

    editor.press_sequentially("dre")
    expect(page.get_by_role("option")).to_have_text(["André Abel"])
    editor.press("Enter")
    expect(editor).to_have_text("Ask @André Abel")

    editor.press_sequentially("and @an")
    page.unroute_all()
    editor.press_sequentially("a")
    expect(page.get_by_role("option")).to_have_text(["Ana Lima"])
    editor.press("ArrowLeft")
    expect(page.get_by_role("option")).to_have_count(0)
