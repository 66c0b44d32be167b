"""From a draft to a second edition, as people live it: each finds the next step on the page or in the mail they have before them."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.utils import timezone
from django.utils.formats import date_format
from playwright.sync_api import expect

from ambassadors.models import EngagementOffer, EngagementOption
from correspondence import due
from correspondence.inbound.receiving import receive
from foundation.models import Community
from products.models import KindRules, Review
from products.reviewing.defaults import fill_criteria
from tests import make
from tests.accessibility import axe, sideways
from tests.browser import PHONE, loaded, sign_in
from tests.correspondence.conftest import smtp  # noqa: F401  the mail server
from tests.discussions.test_round_trip import answered
from tests.products import making

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TITLE = "Who stays, and why"
FIRST = ("Six clubs[^1] told us that whoever stays was asked early.", "[^1]: All of them by a harbour.")
BETTER = (
    "Six clubs[^1] of nine told us that whoever stays was asked in the first week.",
    "[^1]: All of them by a harbour, in May.",
)
WIDER = ("Eight clubs[^1] of nine told us the same, one of them inland.", "[^1]: Six by a harbour, in May; two in autumn.")
OBJECTION = "Two of the six clubs have not agreed to be named."


@pytest.fixture
def days_pass():
    """Let so many days pass, and the clock look at all that is due."""
    with time_machine.travel(timezone.now()) as clock:

        def days_pass(days: int) -> None:
            clock.shift(timedelta(days=days))
            due.post_all()

        yield days_pass


def nothing_wrong(page) -> None:
    assert axe(page) == []
    assert sideways(page) == []


def mailed(smtp, person, subject: str):  # noqa: F811
    """The latest mail to them of that subject."""
    return [message for message in smtp.messages if message["To"] == person.email and subject in message["Subject"]][-1]


def follow(page, message) -> None:
    """Press the link in a mail: the first line that is nothing but an address."""
    lines = message.get_body(("plain",)).get_content().splitlines()
    page.goto(urlsplit(next(line for line in lines if re.fullmatch(r"http\S+", line))).path)


def answer_by_mail(message, person, words: str) -> None:
    to = message["Reply-To"].addresses[0].addr_spec
    assert receive(answered(message, person.email, words), to).outcome == "posted"


def press(page, name: str, within: str = "main") -> None:
    """A button, or a link; and the page that comes then stands whole."""
    place = page.locator(within)
    name_of_it = re.compile(rf"^{re.escape(name)}\s*(:|$)")  # what is said after a colon is for those who only hear the page
    place.get_by_role("button", name=name_of_it).or_(place.get_by_role("link", name=name_of_it)).first.click()
    loaded(page)


def go_to_products(page) -> None:
    page.get_by_role("banner").get_by_role("link", name="Products", exact=True).first.click()
    loaded(page)


def write(page, *paragraphs: str) -> None:
    """In place of what stands in the editor."""
    page.locator(".writing__form [role=textbox][contenteditable]").click()
    page.keyboard.press("Control+A")
    for place, words in enumerate(paragraphs):
        if place:
            page.keyboard.press("Enter")
        page.keyboard.insert_text(words)


def hand_in(page, word: str = "") -> None:
    press(page, "Go and hand it in")
    page.get_by_label("A word to the editors").fill(word)
    press(page, "Hand it in")
    expect(page.get_by_text("Handed in. The editors look after it now")).to_be_visible()


def ask(page, name: str, words: str = "") -> None:
    """An editor asks somebody whom the page suggests."""
    press(page, f"Ask {name}")
    page.get_by_label("A word to them").fill(words)
    press(page, "Ask them", "section[aria-labelledby=invite]")


def remark(page, passage: str, words: str) -> None:
    page.get_by_text(passage).first.evaluate("(p) => getSelection().selectAllChildren(p)")
    page.locator("a[data-remark]").first.click()
    page.locator(".below textarea").fill(words)
    page.locator(".below form button").click()
    page.get_by_text("Change it, or take it back").wait_for()


def review(page, verdict: str, words: str) -> None:
    """Fill in the form below the text, and hand it in."""
    loaded(page)
    for question in page.locator(".review__question").get_by_role("group").all():
        question.get_by_label("4: mostly").check()
    page.get_by_role("textbox", name="To the authors").fill(words)
    page.get_by_role("textbox", name="What speaks against this?").fill("Six clubs are few.")
    page.get_by_role("group", name="Do you have an interest in this?").get_by_label("No").check()
    page.get_by_label(verdict).check()
    press(page, "Hand in my review")


def answer_point(page, said: str, words: str) -> None:
    point = page.locator("article.passage", has_text=said)
    point.get_by_label("changed", exact=True).check()
    point.get_by_role("textbox").fill(words)
    point.get_by_role("button", name="Keep the answer").click()
    loaded(page)


def offer_to_review(person) -> None:
    option = EngagementOption.objects.get_or_create(slug="review", defaults={"name": "Review", "text": "Read with a pencil."})[0]
    EngagementOffer.objects.create(ambassador=person.ambassador, option=option, audience="members")


def one_more_round(desk, peer, smtp, edda, rae) -> None:  # noqa: F811
    """One of those who know it reads what has changed, by the link in her mail; the editor presents it."""
    follow(desk, mailed(smtp, edda, f"Handed in: {TITLE}"))
    press(desk, "Go there")
    desk.get_by_label("Reviews needed").fill("1")
    desk.get_by_label("Why fewer than usual").fill("Two have read it before.")
    press(desk, "Open the round")
    ask(desk, "Rae Reviewer")
    follow(peer, mailed(smtp, rae, "Your view of"))
    review(peer, "publish it as it is", "Now it says what I wanted to know.")
    follow(desk, mailed(smtp, edda, "The reviews of"))
    press(desk, "Go and decide")
    press(desk, "Present it to the community")


def test_from_a_draft_to_a_second_edition(open_page, smtp, watched, days_pass):  # noqa: F811
    watched.expected += ["422 (Unprocessable"]  # a refusal says so, as a status too
    Community.found("Harbour Lights")
    fill_criteria()
    edda, olu = making.editor(), make.ambassador("Olu Objector")
    wilma = make.ambassador("Wilma Writer", topics=["Volunteers"])
    rae, rob = make.ambassador("Rae Reviewer", topics=["Volunteers"]), make.ambassador("Rob Reader")
    offer_to_review(rob)

    # Wilma begins an article, writes it with a footnote, and finds what is still missing where she hands it in.
    writer = open_page(wilma)
    writer.goto("/desk/")
    go_to_products(writer)
    press(writer, "Begin something")
    writer.get_by_role("radio", name=re.compile("^Article")).check()
    writer.get_by_label("What it is called").fill(TITLE)
    press(writer, "Begin")
    write(writer, *FIRST)
    writer.get_by_label("Summary").fill("Six clubs by a harbour tell.")
    expect(writer.get_by_text("Kept at")).to_be_visible()
    press(writer, "What it is about, and for whom")
    writer.get_by_label("Topics").fill("Volunteers")
    press(writer, "Save")
    press(writer, "Go and hand it in")
    expect(writer.get_by_text("Nobody has agreed yet to be named as its author.").first).to_be_visible()
    press(writer, "Go there")
    press(writer, "Be named")
    writer.get_by_role("checkbox").check()
    press(writer, "Be named like this")
    press(writer, TITLE)
    hand_in(writer, "Ask somebody who runs a club.")
    nothing_wrong(writer)

    # Edda opens a round, and asks two whom the page suggests, with its reasons.
    desk = open_page(edda)
    follow(desk, mailed(smtp, edda, f"Handed in: {TITLE}"))
    expect(desk.get_by_text("Ask somebody who runs a club.")).to_be_visible()
    press(desk, "Go there")
    press(desk, "Open the round")
    expect(desk.get_by_text("knows about Volunteers")).to_be_visible()
    ask(desk, "Rae Reviewer", "You ran a club for ten years.")
    ask(desk, "Rob Reader", "You read with a pencil in hand.")
    nothing_wrong(desk)

    # Rae finds it on her desk. Rob never signs in: he says yes and comments by answering, and gives his verdict by the mailed link.
    peer = open_page(rae, viewport=PHONE, has_touch=True)
    peer.goto("/desk/")
    wanted_by = timezone.localdate() + timedelta(days=KindRules.of("article").review_days)
    expect(peer.get_by_text(f"By {date_format(wanted_by, 'l, j F')}")).to_be_visible()
    press(peer, "Answer")
    press(peer, "I will review it")
    nothing_wrong(peer)
    remark(peer, "told us that whoever", "Six of how many?")
    review(peer, "look at it again after larger changes", "Say where the clubs are.")
    answer_by_mail(mailed(smtp, rob, "Your view of"), rob, "Yes, gladly")
    answer_by_mail(mailed(smtp, rob, "Noted"), rob, "Early is when? Say a day.")
    link = open_page()
    follow(link, mailed(smtp, rob, "Noted"))
    expect(link.get_by_text("Early is when? Say a day.").first).to_be_visible()
    review(link, "publish it after small changes", "I would hand this to my board.")
    assert [one.status for one in Review.objects.all()] == ["submitted"] * 2

    # It is given back. Wilma answers point by point, revises, and one of the two looks again.
    follow(desk, mailed(smtp, edda, "The reviews of"))
    press(desk, "Go and decide")
    desk.locator("summary", has_text="Ask for a revision").click()
    desk.get_by_label("What should change").fill("Say how many clubs you asked, and when.")
    press(desk, "Ask for a revision", "details[open]")
    follow(writer, mailed(smtp, wilma, "What was decided"))
    expect(writer.get_by_text("Say how many clubs you asked, and when.")).to_be_visible()
    press(writer, "Go there")
    answer_point(writer, "Six of how many?", "Nine: it says so now.")
    answer_point(writer, "Early is when?", "In the first week.")
    nothing_wrong(writer)
    press(writer, "Revise the text")
    write(writer, *BETTER)
    press(writer, "Save")
    hand_in(writer)
    days_pass(2)
    one_more_round(desk, peer, smtp, edda, rae)

    # Everybody may speak. Olu objects; it is not approved until that has its answer.
    days_pass(1)
    member = open_page(olu)
    member.goto("/desk/")
    press(member, "Read it")
    member.get_by_label("I object").check()
    member.get_by_label("In your words").fill(OBJECTION)
    press(member, "Say it")
    nothing_wrong(member)
    days_pass(8)
    follow(desk, mailed(smtp, edda, "The community has spoken"))
    press(desk, "Where it stands, and what comes next")
    press(desk, "Approve it")
    expect(desk.get_by_role("alert")).to_contain_text("1 objection waits for an answer.")
    answer_by_mail(mailed(smtp, wilma, "An objection to"), wilma, "Both have read it since, and agree.")
    answer_by_mail(mailed(smtp, olu, "An answer to what you said"), olu, "That answers it")
    press(desk, "Approve it")
    press(desk, "Publish it")

    # Out there: the text with its note, how it was made, how to cite it; and the feed.
    reader = open_page()
    reader.goto("/")
    go_to_products(reader)
    press(reader, TITLE)
    note = reader.locator("[role=doc-noteref]")
    note.click()
    expect(reader.locator("#note-1")).to_contain_text("All of them by a harbour, in May.")
    reader.locator("[role=doc-backlink]").click()
    assert reader.url.endswith(f"/products/who-stays-and-why/#{note.get_attribute('id')}")
    expect(reader.get_by_role("region", name="How this was made")).to_contain_text("3 reviews were written in 2 rounds")
    expect(reader.locator("#citation")).to_contain_text("Wilma Writer (")
    nothing_wrong(reader)
    assert "of nine told us" in reader.request.get("/feeds/products.xml").text()

    # Two months later a second edition goes the same road and takes the address; the first stays, with a notice.
    days_pass(60)
    for browser_page, person in ((writer, wilma), (desk, edda), (peer, rae)):
        sign_in(browser_page, person)
    writer.goto("/desk/")
    go_to_products(writer)
    press(writer, TITLE)
    press(writer, "Where it stands")
    writer.get_by_label("Name of the new edition").fill("2.0")
    press(writer, "Begin it")
    write(writer, *WIDER)
    writer.get_by_label("What changed").fill("Two more clubs were asked.")
    press(writer, "Save")
    hand_in(writer)
    one_more_round(desk, peer, smtp, edda, rae)
    days_pass(9)
    follow(desk, mailed(smtp, edda, "The community has spoken"))
    press(desk, "Where it stands, and what comes next")
    press(desk, "Approve it")
    press(desk, "Publish it")
    follow(reader, mailed(smtp, olu, "What was decided"))
    reader.goto("/products/who-stays-and-why/")
    expect(reader.get_by_text("one of them inland")).to_be_visible()
    expect(reader.get_by_text("Two more clubs were asked.")).to_be_visible()
    press(reader, "Edition 1.0")
    expect(reader.get_by_role("note")).to_contain_text("There is a newer edition")
    expect(reader.get_by_text("of nine told us that whoever stays")).to_be_visible()
    press(reader, "What changed")
    expect(reader.get_by_role("main")).to_contain_text("one of them inland")
    nothing_wrong(reader)
