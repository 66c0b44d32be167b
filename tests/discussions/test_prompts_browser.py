"""A facilitator runs a prompt from the line-up to the follow-up: on the desk, on a phone, and by mail."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from correspondence import due
from correspondence.inbound.receiving import receive
from discussions.models import PromptRound, Space
from tests import make
from tests.accessibility import axe, sideways
from tests.browser import PHONE
from tests.correspondence.conftest import smtp  # noqa: F401  the mail server
from tests.correspondence.letters import letter
from tests.discussions import making

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def answer(message, person, words: str) -> None:
    to = message["Reply-To"].addresses[0].addr_spec
    receive(letter(person.email, to, words, Subject=f"Re: {message['Subject']}", In_Reply_To=message["Message-ID"]), to)


def mail_to(smtp, person, subject: str):  # noqa: F811
    return [message for message in smtp.messages if message["To"] == person.email and subject in message["Subject"]][-1]


def nothing_wrong(page) -> None:
    assert axe(page) == []
    assert not sideways(page)


def hours_pass(hours: float) -> None:
    """Let the round come nearer by so much, and the clock look."""
    for one in PromptRound.objects.exclude(status="open"):
        PromptRound.objects.filter(pk=one.pk).update(opens_at=one.opens_at - timedelta(hours=hours))
    due.post_all()


def test_a_prompt_from_line_up_to_follow_up(open_page, watched, alice, smtp):  # noqa: F811
    watched.expected.append("status of 404")  # the thread, before it opens
    mira, nils = make.ambassador("Mira Moss", topics=["Choirs"]), make.ambassador("Nils Nord", topics=["Choirs"])
    space: Space = making.micro(alice, openness="open")
    for person in (mira, nils):
        making.join(space, person)
    page = open_page(alice)

    # She begins a series that opens in two days, and asks two people.
    page.goto(space.get_absolute_url())
    page.get_by_role("link", name="Begin a series").click()
    page.get_by_label("Title").fill("On the bench")
    page.locator("[contenteditable]").fill("One to three things you are working on.")
    page.get_by_label("First day").fill((timezone.localdate() + timedelta(days=2)).isoformat())
    page.get_by_label("First answers at least").fill("1")
    nothing_wrong(page)
    page.get_by_role("button", name="Begin the series").click()
    page.locator("#to-come + ul a").click()
    nothing_wrong(page)
    page.get_by_role("button", name="Ask Mira Moss").click()
    expect(page.get_by_text("Mira Moss is asked, by mail too.")).to_be_visible()
    page.get_by_label("Name").fill("nils")
    page.get_by_role("button", name="Ask them").click()

    # One says yes by mail, the other "not this time" on a phone.
    answer(mail_to(smtp, mira, "Would you answer first?"), mira, "Yes, gladly.")
    phone = open_page(nils, viewport=PHONE)
    phone.goto("/desk/")
    phone.get_by_role("link", name="Yes, or not this time").click()
    nothing_wrong(phone)
    phone.get_by_role("button", name="Not this time").click()
    expect(phone.get_by_text("Noted: not this time.")).to_be_visible()
    page.reload()
    expect(page.get_by_text("will answer first", exact=True)).to_be_visible()

    # In the private hours only Mira has it, and answers by mail; then it opens with her answer.
    one = PromptRound.objects.get()
    hours_pass((one.opens_at - timezone.now()).total_seconds() / 3600 - 1)
    answer(mail_to(smtp, mira, "Yours to answer first"), mira, "A choir that rehearses by telephone.")
    thread = PromptRound.objects.get().thread.get_absolute_url()
    assert phone.goto(thread).status == 404
    hours_pass(2)
    assert "A choir that rehearses by telephone." in mail_to(smtp, nils, "On the bench").get_body(("plain",)).get_content()
    answer(mail_to(smtp, nils, "On the bench"), nils, "The same, with a brass band.")
    phone.goto(thread)
    expect(phone.get_by_text("A choir that rehearses by telephone.")).to_be_visible()

    # She connects the two, and says that the other answer needs nothing.
    page.goto("/discussions/morning/")
    page.get_by_role("link", name="The follow-up desk").click()
    nothing_wrong(page)
    page.get_by_role("link", name="Follow up Mira Moss").click()
    page.get_by_role("link", name="Connect Nils Nord").click()
    page.get_by_label("What you say").fill("You two should hear each other.")
    nothing_wrong(page)
    page.get_by_role("button", name="Send it, or keep it for its day").click()
    page.get_by_role("button", name="Nothing needed Nils Nord").click()
    expect(page.get_by_text("You have looked at every answer.")).to_be_visible()
    assert "You two should hear each other." in mail_to(smtp, nils, "You two").get_body(("plain",)).get_content()
