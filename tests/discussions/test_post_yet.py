"""A mail that came back is posted after all, by the button on its page, once what stood in its way has passed."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from ambassadors.models import Ambassador
from correspondence.inbound.receiving import receive
from correspondence.inbound.tasks import purge_inbound
from correspondence.models import InboundMail
from discussions.attachments import attached_to
from discussions.models import Participant, Post, Thread
from discussions.words import to_plain
from foundation.models import HistoryEntry
from tests import make
from tests.accessibility import axe, sideways
from tests.browser import PHONE
from tests.correspondence.conftest import smtp  # noqa: F401  the mail server
from tests.correspondence.letters import letter, parcel, reply_address
from tests.discussions import making
from tests.foundation.files import PDF, picture

WORDS = "The figures of the third quarter are in the blue folder."
POSTED, REFUSED = InboundMail.Outcome.POSTED, InboundMail.Outcome.REFUSED
BUTTON = "Try again: post it"


@pytest.fixture
def address(bob, thread):
    return reply_address(bob, thread)


@pytest.fixture
def locked(thread):
    """The conversation takes nothing, until the returned function opens it again."""
    Thread.objects.filter(pk=thread.pk).update(status=Thread.Status.LOCKED)
    return lambda: Thread.objects.filter(pk=thread.pk).update(status=Thread.Status.OPEN)


@pytest.fixture
def as_bob(client, bob):
    client.force_login(bob)
    return client


def page_of(client, mail) -> str:
    return client.get(mail.get_absolute_url()).content.decode()


def press(client, mail) -> str:
    answer = client.post(reverse("inbound:mail-post", args=[mail.pk]), follow=True)
    mail.refresh_from_db()
    return answer.content.decode()


def posts_of(person) -> list[str]:
    return [to_plain(post.body) for post in Post.objects.filter(author=person).order_by("pk")]


@pytest.mark.row("R3")
def test_a_mail_that_came_back_is_posted_once_its_conversation_is_open_again(bob, thread, address, locked, as_bob):
    mail = receive(parcel(bob.email, address, WORDS, (PDF, "figures.pdf")), address)
    assert (mail.outcome, mail.reason, posts_of(bob)) == ("refused", "not open", [])
    page = page_of(as_bob, mail)
    assert all(told in page for told in (WORDS, "figures.pdf", BUTTON))
    assert "Throw it away" not in page

    assert "It could not be posted" in press(as_bob, mail)
    assert (mail.outcome, posts_of(bob)) == (REFUSED, [])

    locked()
    assert "Posted, in your name." in press(as_bob, mail)
    post = Post.objects.get(author=bob)
    assert (mail.outcome, mail.target, to_plain(post.body), post.via) == (POSTED, post, WORDS, "mail")
    assert attached_to(post).get().name == "figures.pdf"
    history = HistoryEntry.objects.get(verb="posted a mail that came back")
    assert (history.actor, history.via) == (bob, "web")

    assert "It could not be posted" in press(as_bob, mail)
    assert (posts_of(bob), BUTTON in page_of(as_bob, mail)) == ([WORDS], False)


def test_whoever_comes_back_posts_what_they_wrote_meanwhile(bob, thread, address, as_bob):
    Ambassador.objects.filter(user=bob).update(status="alumni")
    mail = receive(letter(bob.email, address, WORDS), address)
    assert (mail.reason, BUTTON in page_of(as_bob, mail)) == ("not a member", False)
    press(as_bob, mail)
    assert posts_of(bob) == []

    Ambassador.objects.filter(user=bob).update(status="active")
    assert BUTTON in page_of(as_bob, mail)
    press(as_bob, mail)
    assert posts_of(bob) == [WORDS]


def test_what_our_software_failed_on_is_posted_when_it_is_mended(bob, address, as_bob):
    mail = receive(letter(bob.email, address, WORDS), address)
    Post.objects.filter(author=bob).delete()
    InboundMail.objects.update(outcome="refused", reason="our fault", state="stuck", target_id="", target_type=None)

    press(as_bob, mail)

    assert posts_of(bob) == [WORDS]


NEVER = ["other member", "empty", "too large", "unknown address", "failed checks", "unverified sender"]


@pytest.mark.parametrize("reason", NEVER)
def test_what_does_not_pass_with_time_has_no_button(bob, address, as_bob, reason):
    mail = receive(letter(bob.email, address, WORDS), address)
    Post.objects.filter(author=bob).delete()
    InboundMail.objects.update(outcome="refused", reason=reason)

    assert BUTTON not in page_of(as_bob, mail)
    assert as_bob.post(reverse("inbound:mail-post", args=[mail.pk])).status_code == 403
    mail.refresh_from_db()
    assert (mail.outcome, posts_of(bob)) == (REFUSED, [])


@pytest.mark.parametrize("gone", ["words", "address", "place"])
def test_what_is_gone_meanwhile_is_not_posted(bob, thread, address, locked, as_bob, gone):
    mail = receive(letter(bob.email, address, WORDS), address)
    locked()
    if gone == "words":
        InboundMail.objects.update(received_at=timezone.now() - timedelta(days=31))
        purge_inbound()
    elif gone == "address":
        EmailAddress.objects.filter(user=bob, email=bob.email).update(verified=False)
    else:
        Participant.objects.filter(person=bob).delete()

    assert (BUTTON in page_of(as_bob, mail)) is (gone == "place")
    assert as_bob.post(reverse("inbound:mail-post", args=[mail.pk])).status_code == (302 if gone == "place" else 403)
    mail.refresh_from_db()
    assert (mail.outcome, posts_of(bob)) == (REFUSED, [])


@pytest.mark.row("R3")
def test_nobody_else_posts_it(client, alice, bob, staff, thread, address, locked):
    mail = receive(letter(bob.email, address, WORDS), address)
    locked()

    for person in (alice, staff):
        client.force_login(person)
        assert client.get(mail.get_absolute_url()).status_code == 404
        assert client.post(reverse("inbound:mail-post", args=[mail.pk])).status_code == 404
    assert posts_of(bob) == []


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_from_the_mail_that_brings_the_words_back_to_the_post_on_a_phone(open_page, smtp):  # noqa: F811
    alice, bob = make.ambassador("Alice Amadi"), make.ambassador("Bob Brandt")
    thread = making.thread(making.topic(), alice, subject="Who has measured a hall like ours?")
    address = reply_address(bob, thread)
    Thread.objects.filter(pk=thread.pk).update(status=Thread.Status.LOCKED)
    receive(parcel(bob.email, address, WORDS, (picture("PNG", (300, 200)), "north_wall.png")), address)
    (back,) = [message for message in smtp.messages if message["To"] == bob.email]
    words = back.get_body(("plain",)).get_content()
    assert WORDS in words

    page = open_page(bob, viewport=PHONE, has_touch=True)
    page.goto(re.search(r"https?://[^/\s]+(/mail/\d+/)", words)[1])
    expect(page.get_by_text(WORDS)).to_be_visible()
    expect(page.get_by_text("north_wall.png")).to_be_visible()
    page.get_by_role("button", name=BUTTON).click()
    expect(page.get_by_text("It could not be posted")).to_be_visible()
    assert (axe(page), sideways(page)) == ([], [])

    Thread.objects.filter(pk=thread.pk).update(status=Thread.Status.OPEN)
    page.get_by_role("button", name=BUTTON).click()
    expect(page.get_by_text("Posted, in your name.")).to_be_visible()
    expect(page.locator("#post-2").get_by_text(WORDS)).to_be_visible()
    shown = page.locator("#post-2").get_by_role("img", name="north wall")
    shown.scroll_into_view_if_needed()
    expect(shown).to_be_visible()
    assert page.wait_for_function("image => image.complete && image.naturalWidth === 300", arg=shown.element_handle())
    assert (axe(page), sideways(page)) == ([], [])
