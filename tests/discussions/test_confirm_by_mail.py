"""A mail that waits for its person's word is posted or thrown away by an answer to the mail that tells of it (R3)."""

from __future__ import annotations

import re
from email.utils import parseaddr

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings

from ambassadors.models import Ambassador
from correspondence.inbound.receiving import receive
from correspondence.models import InboundMail, OutgoingMail
from discussions.models import Participant, Post
from discussions.words import to_plain
from foundation.models import HistoryEntry
from tests import make
from tests.correspondence.letters import letter, reply_address

WORDS = "The figures of the third quarter are in the blue folder."
ELSEWHERE = "bob@private.example"


@pytest.fixture
def deliver(django_capture_on_commit_callbacks, mailoutbox):
    """Receive a mail, let the workers send what follows, and return what was sent."""

    def act(raw: bytes, address: str):
        mailoutbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            mail = receive(raw, address)
        return mail, list(mailoutbox)

    return act


@pytest.fixture
def held(bob, thread, deliver):
    """A mail of Bob's that waits, and the mail that told him so."""
    address = reply_address(bob, thread)
    mail, (notice,) = deliver(letter(ELSEWHERE, address, WORDS), address)
    return mail, notice


def answer_to(notice) -> str:
    return parseaddr(notice.reply_to[0])[1]


def posts_of(person) -> list[str]:
    return [to_plain(post.body) for post in Post.objects.filter(author=person)]


def now(mail: InboundMail) -> str:
    mail.refresh_from_db()
    return mail.outcome


@pytest.mark.parametrize("word", ["Yes", "", "Ja, bitte posten.", "Oui.\n\nBob", "sí"])
def test_a_yes_posts_what_waited(alice, bob, held, deliver, word):
    mail, notice = held

    answer, sent = deliver(letter(bob.email, answer_to(notice), word), answer_to(notice))

    assert (answer.outcome, now(mail), posts_of(bob)) == ("posted", "posted", [WORDS])
    assert [one.to for one in sent] == [[alice.email]]  # who takes part with him hears of the post, and he of nothing
    post = Post.objects.get(author=bob)
    assert (post.via, answer.target, mail.target) == ("mail", post, post)
    line = HistoryEntry.objects.get(verb="posted a held mail")
    assert (line.actor, line.via) == (bob, "mail")


@pytest.mark.parametrize("word", ["No", "Throw it away, please", "Nein danke"])
def test_a_no_throws_it_away_with_its_words(bob, held, deliver, word):
    mail, notice = held

    answer, sent = deliver(letter(bob.email, answer_to(notice), word), answer_to(notice))

    assert (answer.outcome, now(mail), mail.raw, posts_of(bob), sent) == ("posted", "discarded", None, [], [])


def test_whatever_is_neither_is_asked_back_once(bob, held, deliver):
    mail, notice = held

    asked = [deliver(letter(bob.email, answer_to(notice), f"Hm, let me think, {n}"), answer_to(notice)) for n in range(3)]

    assert [(one.outcome, len(sent)) for one, sent in asked] == [("posted", 1), ("ignored", 0), ("ignored", 0)]
    (again,) = asked[0][1]
    assert "We could tell neither a yes nor a no" in again.body
    assert (now(mail), posts_of(bob)) == ("held", [])
    deliver(letter(bob.email, answer_to(again), "yes"), answer_to(again))
    assert (now(mail), posts_of(bob)) == ("posted", [WORDS])


def test_the_same_answer_twice_is_done_once_and_the_other_comes_too_late(bob, held, deliver):
    mail, notice = held

    told = [deliver(letter(bob.email, answer_to(notice), word), answer_to(notice)) for word in ("yes", "yes", "no")]

    assert [one.outcome for one, _sent in told] == ["posted", "posted", "refused"]
    assert (now(mail), posts_of(bob)) == ("posted", [WORDS])
    (back,) = told[2][1]
    assert "You have said yes to it before, so it is posted." in back.body


def test_the_notice_says_enough_to_know_ones_own_words_by_and_gives_no_stranger_a_link(bob, thread, deliver):
    address = reply_address(bob, thread)
    words = f"Win a prize at https://prize.example/now today. {'And so on, and on. ' * 20}the end"

    _mail, (notice,) = deliver(letter("mallory@elsewhere.example", address, words), address)

    for part in (notice.body, notice.alternatives[0][0]):
        assert "Win a prize at […] today. And so on" in part
        assert "prize.example" not in part
        assert "the end" not in part
    assert notice.to == [bob.email]
    written = parseaddr(notice.extra_headers["From"])[1]
    pressed = re.findall(r'href="mailto:([^?"]+)\?[^"]*body=(yes|no)"', notice.alternatives[0][0])
    assert (written, pressed) == (answer_to(notice), [(written, "yes"), (written, "no")])


WHO = {
    "their main address": ("posted", ""),
    "another verified address": ("posted", ""),
    "the address it waits for": ("refused", "unverified sender"),
    "a stranger": ("refused", "unverified sender"),
    "another member": ("refused", "unverified sender"),
    "their own, but its domain denies it": ("refused", "failed checks"),
    "a member no more": ("refused", "not a member"),
}


@pytest.mark.parametrize("who", WHO)
def test_the_address_and_the_sender_must_agree_on_the_person(settings, bob, thread, held, deliver, who):
    _mail, notice = held
    settings.INBOUND_AUTHSERV_ID = "mx.example.org"
    EmailAddress.objects.create(user=bob, email="bob@work.example", verified=True)
    senders = {
        "another verified address": "bob@work.example",
        "the address it waits for": ELSEWHERE,
        "a stranger": "mallory@elsewhere.example",
        "another member": make.ambassador("Carla Costa").email,
    }
    headers = {}
    if who == "their own, but its domain denies it":
        headers["Authentication_Results"] = "mx.example.org; dmarc=fail header.from=people.example.org"
    if who == "a member no more":
        Ambassador.objects.filter(user=bob).update(status="alumni")

    answer, _sent = deliver(letter(senders.get(who, bob.email), answer_to(notice), "yes", **headers), answer_to(notice))

    assert (answer.outcome, answer.reason) == WHO[who]
    assert posts_of(bob) == [WORDS] * (WHO[who][0] == "posted")


def test_no_token_of_another_kind_confirms_and_the_one_that_confirms_does_nothing_else(bob, held, deliver):
    mail, notice = held
    _prefix, token = answer_to(notice).split("@")[0].split("+")
    others = [f"{prefix}+{token}@{settings.MAIL_DOMAIN}" for prefix in ("reply", "author", "unsubscribe")]
    made_up = [f"confirm+{token[:-1]}{'a' if token[-1] != 'a' else 'b'}@{settings.MAIL_DOMAIN}", f"confirm@{settings.MAIL_DOMAIN}"]

    told = [deliver(letter(bob.email, address, "yes"), address)[0].reason for address in [*others, *made_up]]

    assert (told, now(mail)) == (["unknown address"] * 5, "held")


def test_a_conversation_closed_meanwhile_keeps_the_mail_and_says_so(bob, held, deliver):
    mail, notice = held
    Participant.objects.filter(person=bob).delete()

    answer, (back,) = deliver(letter(bob.email, answer_to(notice), "yes"), answer_to(notice))

    assert (answer.outcome, answer.reason, now(mail)) == ("refused", "not open", "held")
    assert "closed, or no longer open to you" in back.body or "Only those who can read" in back.body


def test_a_hundred_rounds_with_a_program_that_answers_everything_post_nothing(bob, held, deliver):
    """It answers from Bob's own address, without a header that gives it away, and each time in other words."""
    mail, notice = held
    letters = [notice]
    for number in range(100):
        if not letters:
            break
        to = answer_to(letters[-1])
        _mail, letters = deliver(letter(bob.email, to, f"I got your message, number {number}. I will be back soon."), to)

    assert (number, now(mail), posts_of(bob)) == (2, "held", [])
    assert OutgoingMail.objects.filter(kind="mail_held").count() == 2
