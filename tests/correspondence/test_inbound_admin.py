"""The support team sees envelope and outcome of mail that came in, and neither words nor tokens."""

from __future__ import annotations

import pytest
from django.urls import reverse

from correspondence.inbound.receiving import receive
from discussions import workflow
from tests.correspondence.letters import letter, reply_address
from tests.discussions import making

CANARY = "canary-in-the-words"


@pytest.fixture
def mail(alice, bob):
    thread = workflow.start_private_thread(by=alice, to=bob, subject="Our survey", body="Shall we?")
    address = reply_address(bob, thread)
    return receive(letter("bob@private.example", address, CANARY, Subject=f"Re: {CANARY}"), address)


@pytest.mark.parametrize("page", ["changelist", "change"])
def test_the_team_sees_the_envelope_and_never_the_words(admin_client, mail, page):
    url = reverse(f"admin:correspondence_inboundmail_{page}", args=[] if page == "changelist" else [mail.pk])

    shown = admin_client.get(url).content.decode()

    assert "bob@private.example" in shown
    assert "reply+…" in shown
    assert CANARY not in shown
    assert mail.recipient.partition("@")[0] not in shown


def test_the_team_is_not_told_the_address_of_a_hidden_space(admin_client, alice):
    """It is its name, and of a hidden one nobody outside knows."""
    space = making.micro(alice, "Secret kitchen", openness="hidden")
    receive(letter(alice.email, f"{space.slug}@mail.example.org", "May I?"), f"{space.slug}@mail.example.org")

    shown = admin_client.get(reverse("admin:correspondence_inboundmail_changelist")).content.decode()

    assert alice.email in shown
    assert "secret-kitchen" not in shown
