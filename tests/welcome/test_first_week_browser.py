"""A newcomer's first week: half of it on a phone, half by mail, with a buddy, a partner to look around with, and a first prompt."""

from __future__ import annotations

import re
from contextlib import contextmanager
from datetime import time, timedelta

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import expect

from ambassadors.models import Invitation, User
from correspondence import due
from correspondence.inbound.receiving import receive
from foundation import tokens
from foundation.models import Community
from tests import make
from tests.accessibility import axe, sideways
from tests.ambassadors import inviting_making as inviting
from tests.browser import PHONE
from tests.correspondence.conftest import smtp  # noqa: F401  the mail server
from tests.discussions import making, prompting
from tests.discussions.test_round_trip import answered
from tests.welcome import looking
from tests.welcome.matching import a_buddy, at_any_hour

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = "Hello {newcomer}, I am {buddy}. What would you like to know first?"
DAY = timedelta(days=1)
ANSWERS = "1. Somebody answers within the day.\n2. I can ask funders.\n3. It is by mail.\n4. Shorter forms.\n5. A map.\n6. How kind it is."


@contextmanager
def days_later(days: int):
    """So many days from now, when the clock has looked at all that is due."""
    with time_machine.travel(timezone.now() + days * DAY):
        due.post_all()
        yield


def nothing_wrong(page) -> None:
    assert axe(page) == []
    assert sideways(page) == []


def joined(page):
    """From the link of the invitation to the desk."""
    invitation = inviting.invited("Nia Nominee")
    page.goto(f"/invitations/{tokens.text_of(inviting.token_of(invitation))}/")
    page.get_by_role("button", name="I affirm these commitments").click()
    page.get_by_role("button", name="Accept the invitation").click()
    page.get_by_label("Code").fill(inviting.code_of(Invitation.objects.get()))
    page.get_by_role("button", name="Join", exact=True).click()
    page.wait_for_url("**/desk/")
    return User.objects.get(name="Nia Nominee")


def mailed(smtp, person, subject: str):  # noqa: F811
    """The latest mail to them of that subject."""
    return [message for message in smtp.messages if message["To"] == person.email and subject in message["Subject"]][-1]


def answer_by_mail(message, person, words: str) -> None:
    to = message["Reply-To"].addresses[0].addr_spec
    assert receive(answered(message, person.email, words), to).outcome == "posted"


def test_a_first_week(open_page, smtp):  # noqa: F811
    Community.found("Harbour Lights")
    hanna, bob = make.ambassador("Hanna Hill", is_staff=True), make.ambassador("Bob Brandt")
    maya = a_buddy("Maya Okafor", words=WORDS).person
    prompt = prompting.series(making.topic("Working out loud"), hanna, starts_on=timezone.localdate() + 2 * DAY, at=time(9))
    prompting.willing(prompting.next_round(prompt), bob, hanna)
    at_any_hour()
    page = open_page(viewport=PHONE, has_touch=True)

    # The day of joining: a short list, and the team confirms who welcomes her.
    nia = joined(page)
    page.goto("/welcome/")
    nothing_wrong(page)
    expect(page.locator("#step-affirm")).to_contain_text("Done")
    due.post_all()
    board = open_page(hanna)
    board.goto("/admin/welcome/buddymatch/")
    board.get_by_role("button", name=re.compile(r"Confirm.*Nia Nominee")).click()
    expect(board.get_by_text("Maya Okafor").first).to_be_visible()
    due.post_all()

    # The welcome, which she answers from her mail program; her buddy reads it on the web, and writes back.
    answer_by_mail(mailed(smtp, nia, "Maya Okafor welcomes you"), nia, "Thank you! Whom do I ask about funders?")
    buddys = open_page(maya, viewport=PHONE, has_touch=True)
    buddys.goto("/welcome/buddies/")
    nothing_wrong(buddys)
    buddys.get_by_role("link", name=re.compile(r"(Write to them|Read on).*Nia Nominee")).click()
    expect(buddys.get_by_text("Whom do I ask about funders?")).to_be_visible()
    buddys.locator("#answer [role=textbox]").click()
    buddys.keyboard.type("Ask Bob: he has been both.")
    buddys.locator("#answer").get_by_role("button", name="Send", exact=True).click()
    expect(buddys.locator("#post-3")).to_contain_text("Ask Bob")
    page.goto("/welcome/")
    expect(page.locator("#step-buddy")).to_contain_text("Done")

    # A prompt, which those who agreed beforehand answer first: the day after all can, on the web.
    with days_later(3):
        pass
    with days_later(4):
        page.goto(prompt.rounds.get(thread__isnull=False).thread.get_absolute_url())
        page.locator("#answer [role=textbox]").click()
        page.keyboard.type("Learning who is who.")
        page.locator("#answer").get_by_role("button", name="Send", exact=True).click()
        expect(page.locator("#post-2")).to_contain_text("Learning who is who.")

    # The day's reminder of what is left, answered with words for her profile: one press puts them there.
    with days_later(4):
        reminder = mailed(smtp, nia, "first steps")
        answer_by_mail(reminder, nia, "profile: Surveys that families answer")
        page.goto("/settings/profile/")
        page.get_by_role("button", name="Put it on my profile").click()
        page.goto("/welcome/")
        expect(page.locator("#step-profile")).to_contain_text("Done")

    # A first look with Bob, all of it by mail: it was the last step.
    with days_later(5):
        pair = looking.pair(hanna, nia, bob)
        answer_by_mail(mailed(smtp, nia, "You and Bob Brandt take a first look"), nia, ANSWERS)
        assert "Sent" in mailed(smtp, nia, "your first look with Bob Brandt")["Subject"]
        page.goto(pair.look.get_absolute_url())
        expect(page.get_by_text("How kind it is.", exact=True)).to_be_visible()
        nothing_wrong(page)
        due.post_all()
        page.goto("/welcome/")
        expect(page.get_by_text("These weeks are behind you.")).to_be_visible()
        nothing_wrong(page)
