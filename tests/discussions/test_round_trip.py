"""A conversation in which one writes on the web and the other only by mail, over a real mail server."""

from __future__ import annotations

import pytest
from django.urls import reverse

from correspondence.inbound.receiving import receive
from discussions.models import Post, Thread
from discussions.words import to_plain
from tests.correspondence.conftest import smtp  # noqa: F401  the mail server

pytestmark = [pytest.mark.django_db(transaction=True)]


def answered(message, sender: str, words: str) -> bytes:
    """What a mail program sends when somebody presses Answer."""
    from community.dev.writing import Writing, answer_of, as_mail
    from correspondence.inbound.parsing import parse

    mail = parse(message.as_bytes())
    to, subject = answer_of(mail)
    return as_mail(Writing("Bob B.", sender, to, subject, words, dmarc=""), answering=mail)


@pytest.fixture
def first_mail(client, alice, bob, smtp):  # noqa: F811
    client.force_login(alice)
    client.post(
        f"{reverse('discussions:thread-start')}?to=bob-brandt", {"subject": "Our survey", "body": "Shall we compare notes?"}
    )
    (message,) = smtp.messages
    return message


@pytest.mark.row("R33")
def test_a_private_message_is_a_mail_that_can_be_answered(alice, bob, first_mail, smtp):  # noqa: F811
    text = first_mail.get_body(("plain",)).get_content()
    address = first_mail["Reply-To"].addresses[0].addr_spec

    assert smtp.recipients() == [bob.email]
    assert first_mail["Subject"] == "Our survey"
    assert first_mail["From"].addresses[0].display_name == "Alice Amadi via Concentric"
    assert first_mail["From"].addresses[0].addr_spec == address
    assert len(address.partition("@")[0]) <= 64
    assert address == address.lower()
    assert "Shall we compare notes?" in text
    assert "Your answer goes to Alice Amadi, and to nobody else." in text


def test_alice_writes_on_the_web_and_bob_answers_by_mail(client, alice, bob, first_mail, smtp):  # noqa: F811
    address = first_mail["Reply-To"].addresses[0].addr_spec

    mail = receive(answered(first_mail, bob.email, "Yes, gladly. Tuesday?"), address)

    assert mail.outcome == "posted"
    thread = Thread.objects.get()
    page = client.get(thread.get_absolute_url())
    assert [(post.author, post.via, to_plain(post.body)) for post in page.context["posts"]] == [
        (alice, "web", "Shall we compare notes?"),
        (bob, "mail", "Yes, gladly. Tuesday?"),
    ]
    to_alice = smtp.messages[1]
    assert smtp.recipients() == [alice.email, bob.email]
    assert to_alice["Subject"] == "Re: Our survey"
    assert "Yes, gladly. Tuesday?" in to_alice.get_body(("plain",)).get_content()
    assert "compare notes" not in to_alice.get_body(("plain",)).get_content()


def test_mail_programs_see_one_conversation(client, bob, first_mail, smtp):  # noqa: F811
    address = first_mail["Reply-To"].addresses[0].addr_spec
    raw = answered(first_mail, bob.email, "Yes, gladly.")
    own_id = receive(raw, address).parsed().message_id

    thread = Thread.objects.get()
    client.post(reverse("discussions:post-reply", args=[thread.pk]), {"body": "Then Tuesday."})

    to_alice, to_bob = smtp.messages[1:]
    assert first_mail["References"] == f"<thread-{thread.pk}@mail.example.org>"
    assert to_alice["References"].split()[0] == first_mail["References"]
    assert to_bob["In-Reply-To"] == own_id  # the mail in Bob's own "sent" folder
    assert first_mail["Message-ID"] in to_bob["References"].split()


def test_nobody_who_has_left_gets_mail(client, alice, bob, first_mail, smtp):  # noqa: F811
    type(bob.ambassador).objects.filter(user=bob).update(status="alumni")

    client.post(reverse("discussions:post-reply", args=[Thread.objects.get().pk]), {"body": "Are you there?"})

    assert Post.objects.count() == 2
    assert len(smtp.messages) == 1
