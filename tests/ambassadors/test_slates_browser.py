"""A slate from its opening to a late word: one answers on a phone, one by mail, the clock closes it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from ambassadors.models import Concern, Slate, SlateAnswer
from ambassadors.slates import tally, telling, workflow
from correspondence import due
from correspondence.inbound.receiving import receive
from tests import make
from tests.accessibility import axe, sideways
from tests.ambassadors import admission_making as making
from tests.browser import PHONE
from tests.correspondence.conftest import smtp  # noqa: F401  the mail server
from tests.correspondence.letters import letter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def opened(lead) -> Slate:
    noor = make.ambassador("Noor Nominator")
    slate = workflow.begin("Autumn slate", "Three people, three ways of asking for results.", by=lead)
    workflow.add(
        slate, [making.nomination(noor, name, status="vetting") for name in ("Maya Ito", "Tomas Berg", "Ada Nwosu")], by=lead
    )
    workflow.open_slate(slate, version=workflow.version_of(slate), by=lead)
    slate.refresh_from_db()
    return slate


def said(slate, **of) -> list[tuple[int, str, bool]]:
    rows = SlateAnswer.objects.filter(entry__slate=slate, **of).order_by("entry__number", "is_late")
    return list(rows.values_list("entry__number", "answer", "is_late"))


def mail_to(smtp, person, subject: str):  # noqa: F811
    return [message for message in smtp.messages if message["To"] == person.email and subject in message["Subject"]][-1]


def answer(message, person, words: str) -> None:
    to = message["Reply-To"].addresses[0].addr_spec
    receive(letter(person.email, to, words, Subject=f"Re: {message['Subject']}", In_Reply_To=message["Message-ID"]), to)


@pytest.mark.row("B4")
def test_a_slate_is_answered_on_a_phone_and_by_mail_and_closes(open_page, smtp):  # noqa: F811
    lead, alice, bob = making.lead(), make.ambassador("Alice Amadi"), make.ambassador("Bob Brandt")
    slate = opened(lead)
    telling.tell(slate.pk)
    page = open_page(alice, viewport=PHONE)

    page.goto("/desk/")
    page.get_by_role("link", name="Read and answer").click()
    maya = page.get_by_role("group", name="What do you say of Maya Ito?")
    maya.get_by_label("I support this").check()
    ada = page.get_by_role("group", name="What do you say of Ada Nwosu?")
    expect(ada.get_by_label("Your concern")).to_be_hidden()
    ada.get_by_label("I have a concern").check()
    ada.get_by_label("Your concern").fill("We shared an office once.")
    assert (axe(page), sideways(page)) == ([], [])
    page.get_by_role("button", name="Save all my answers").click()
    expect(page.get_by_text("2 answers are noted.")).to_be_visible()
    assert said(slate, person=alice) == [(1, "support", False), (3, "concern", False)]

    answer(mail_to(smtp, bob, "Autumn slate"), bob, "1 yes, 2 yes\n3 no\n")
    back = mail_to(smtp, bob, "what we noted")
    assert "Is this a concern?" in back.get_body(("plain",)).get_content()
    answer(back, bob, "2 no view\n3 no view\n")
    assert said(slate, person=bob) == [(1, "support", False), (2, "no view", False), (3, "no view", False)]

    Slate.objects.update(opened_at=timezone.now() - timedelta(days=11), closes_at=timezone.now() - timedelta(minutes=1))
    due.post_all()
    slate.refresh_from_db()
    counted = [(one.support, one.no_view, one.concerns) for one in tally.of_slate(lead, slate)]
    answer(back, bob, "1 concern: I was too quick.\n")
    assert "it does not change what was counted" in mail_to(smtp, bob, "had closed").get_body(("plain",)).get_content()

    page.reload()
    expect(page.get_by_role("heading", name="What happens next")).to_be_visible()
    assert (slate.status, counted) == ("closed", [(2, 0, 0), (0, 1, 0), (0, 1, 1)])
    assert [(one.support, one.no_view, one.concerns) for one in tally.of_slate(lead, slate)] == counted
    assert said(slate, person=bob, is_late=True) == [(1, "concern", True)]
    assert sorted(Concern.objects.visible_to(lead).values_list("text", flat=True)) == [
        "I was too quick.",
        "We shared an office once.",
    ]
