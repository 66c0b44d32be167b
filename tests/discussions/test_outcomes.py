"""What a person hears of a mail that was not simply posted, and what no machine ever hears."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from correspondence.inbound.loops import POSTS_AN_HOUR
from correspondence.inbound.receiving import receive
from correspondence.models import InboundMail, OutgoingMail
from discussions.models import Participant, Post
from discussions.words import to_plain
from tests import make
from tests.correspondence.letters import letter, reply_address

WORDS = "The figures of the third quarter are in the blue folder."


@pytest.fixture
def address(bob, thread):
    return reply_address(bob, thread)


@pytest.fixture
def deliver(django_capture_on_commit_callbacks, mailoutbox):
    """Receive a mail, let the workers send what follows, and return what was sent."""

    def act(raw: bytes, address: str, **envelope):
        mailoutbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            mail = receive(raw, address, **envelope)
        return mail, list(mailoutbox)

    return act


def parts(message) -> list[str]:
    return [message.body, *(content for content, _type in message.alternatives)]


# --- Words come back


@pytest.mark.row("R3")
@pytest.mark.parametrize("why", ["unknown address", "not a member", "not open", "other member"])
def test_every_refusal_returns_the_words_with_the_reason(alice, bob, thread, address, deliver, why):
    sender = bob.email
    if why == "unknown address":
        address = "reply+nothing@mail.example.org"
    elif why == "not a member":
        type(bob.ambassador).objects.filter(user=bob).update(status="removed")
        type(bob).objects.filter(pk=bob.pk).update(is_active=False)
    elif why == "not open":
        Participant.objects.filter(person=bob).delete()
    else:
        sender = make.ambassador("Carla Costa").email

    mail, sent = deliver(letter(sender, address, WORDS), address)

    assert (mail.outcome, mail.reason, mail.answered) == ("refused", why, True)
    (back,) = sent
    assert back.to == [sender]
    assert back.subject == "Not posted: Re: Our survey"
    for part in parts(back):
        assert WORDS in part
        assert "http://localhost/" in part
    assert back.extra_headers["In-Reply-To"] == mail.parsed().message_id
    assert WORDS not in str(OutgoingMail.objects.filter(kind="mail_returned").values())


def test_an_empty_mail_is_told_that_it_was_empty(bob, address, deliver):
    mail, (back,) = deliver(letter(bob.email, address, " \n"), address)

    assert (mail.outcome, mail.reason) == ("refused", "empty")
    assert "We found no words in it" in back.body


def test_html_in_returned_words_is_text(bob, thread, deliver):
    _mail, (back,) = deliver(letter(bob.email, "x@mail.example.org", "<script>alert(1)</script>"), "x@mail.example.org")

    assert "<script>" in back.body
    assert "<script>" not in back.alternatives[0][0]


def test_the_same_refusal_is_answered_once(bob, thread, deliver):
    raw = letter(bob.email, "x@mail.example.org", WORDS)

    counts = [len(deliver(raw, "x@mail.example.org")[1]) for _ in range(5)]

    assert counts == [1, 0, 0, 0, 0]


def test_a_stranger_is_answered_three_times_a_day(db, deliver):
    def write(number):
        return deliver(letter("mallory@elsewhere.example", "x@mail.example.org", str(number)), "x@mail.example.org")

    counts = [len(write(number)[1]) for number in range(10)]
    InboundMail.objects.update(received_at=timezone.now() - timedelta(hours=25))

    assert counts == [1, 1, 1, 0, 0, 0, 0, 0, 0, 0]
    assert InboundMail.objects.filter(outcome="refused", raw__isnull=False).count() == 10
    assert len(write(11)[1]) == 1


# --- Held mail


def test_a_held_mail_is_told_to_the_member_and_to_nobody_else(bob, address, deliver):
    mail, (notice,) = deliver(letter("mallory@elsewhere.example", address, f"{WORDS} " * 4), address)

    assert notice.to == [bob.email]
    for part in parts(notice):
        assert "mallory@elsewhere.example" in part
        assert f"http://localhost/mail/{mail.pk}/" in part
        assert part.count(WORDS) == 2  # enough to know them by, and no more: somebody else may have written them


def test_a_held_mail_is_read_and_posted_by_its_person(client, bob, thread, address, deliver):
    mail, _sent = deliver(letter("bob@private.example", address, WORDS), address)
    client.force_login(bob)
    page = client.get(reverse("inbound:mail-detail", args=[mail.pk]))
    assert WORDS in page.content.decode()

    answer = client.post(reverse("inbound:mail-post", args=[mail.pk]))
    again = client.post(reverse("inbound:mail-post", args=[mail.pk]), follow=True)

    post = Post.objects.get(author=bob)
    assert answer.url == post.get_absolute_url()
    assert (to_plain(post.body), post.via) == (WORDS, "mail")
    assert "It could not be posted" in again.content.decode()


def test_a_held_mail_cannot_be_posted_where_its_person_no_longer_takes_part(client, bob, thread, address, deliver):
    mail, _sent = deliver(letter("bob@private.example", address, WORDS), address)
    Participant.objects.filter(person=bob).delete()
    client.force_login(bob)

    client.post(reverse("inbound:mail-post", args=[mail.pk]))

    mail.refresh_from_db()
    assert (mail.outcome, Post.objects.filter(author=bob).count()) == ("held", 0)


def test_a_held_mail_thrown_away_leaves_no_words(client, bob, address, deliver):
    mail, _sent = deliver(letter("bob@private.example", address, WORDS), address)
    client.force_login(bob)

    client.post(reverse("inbound:mail-discard", args=[mail.pk]))

    mail.refresh_from_db()
    assert (mail.outcome, mail.raw) == ("discarded", None)


def test_a_held_mail_lies_on_the_desk(client, bob, address, deliver):
    deliver(letter("bob@private.example", address, WORDS), address)
    client.force_login(bob)

    assert "A mail waits for your word" in client.get("/desk/").content.decode()


@pytest.mark.parametrize(
    ("headers", "outcome"),
    [
        ({"Subject": "Something new", "In_Reply_To": ""}, ("held", "other subject")),
        ({"Subject": "AW: Re: our  Survey", "In_Reply_To": ""}, ("posted", "")),
        ({"Subject": "Something new"}, ("posted", "")),
    ],
    ids=["new mail to an old address", "an answer whose program sets no ids", "an answer with another subject"],
)
def test_a_new_mail_to_an_old_address_is_held(bob, address, headers, outcome):
    mail = receive(letter(bob.email, address, **headers), address)

    assert (mail.outcome, mail.reason) == outcome


def test_more_posts_than_a_person_writes_in_an_hour_wait(bob, address):
    mails = [receive(letter(bob.email, address, f"No {number}"), address) for number in range(POSTS_AN_HOUR + 1)]

    assert [mail.outcome for mail in mails] == ["posted"] * POSTS_AN_HOUR + ["held"]
    assert mails[-1].reason == "too many"


@pytest.mark.row("R3")
@pytest.mark.parametrize(
    ("result", "outcome"),
    [
        ("mx.example.org; dmarc=fail header.from=people.example.org", ("held", "failed checks")),
        ("mx.example.org; dmarc=pass", ("posted", "")),
        ("mx.mallory.example; dmarc=fail", ("posted", "")),
    ],
    ids=["our server says no", "our server says yes", "somebody else's header"],
)
def test_dmarc_counts_when_our_own_server_says_it(settings, bob, address, result, outcome):
    settings.INBOUND_AUTHSERV_ID = "mx.example.org"

    mail = receive(letter(bob.email, address, Authentication_Results=result), address)

    assert (mail.outcome, mail.reason) == outcome


# --- Machines

MACHINES = {
    "vacation": {"Auto_Submitted": "auto-replied"},
    "vacation, with words behind": {"Auto_Submitted": "Auto-Replied; owner-email=x"},
    "generated": {"Auto_Submitted": "auto-generated"},
    "bulk": {"Precedence": "bulk"},
    "auto_reply": {"Precedence": "auto_reply"},
    "a list": {"List_Id": "<list.elsewhere.example>"},
    "old header": {"X_Autoreply": "yes"},
    "an exchange server": {"X_Auto_Response_Suppress": "All"},
    "by subject": {"Subject": "Automatic reply: Our survey"},
    "by subject, in German": {"Subject": "Abwesenheitsnotiz: Our survey"},
    "by subject, in French": {"Subject": "Réponse automatique : Our survey"},
    "our own": {"Message_ID": "<post-7@mail.example.org>"},
}


@pytest.mark.row("R5")
@pytest.mark.parametrize("headers", MACHINES.values(), ids=MACHINES)
@pytest.mark.parametrize("to", ["own", "unknown"])
def test_machines_are_kept_and_never_answered(bob, address, deliver, headers, to):
    recipient = address if to == "own" else "nobody@mail.example.org"

    mail, sent = deliver(letter(bob.email, recipient, WORDS, **headers), recipient)

    assert (mail.outcome, sent, Post.objects.filter(author=bob).count()) == ("ignored", [], 0)
    assert WORDS in mail.parsed().text


@pytest.mark.row("R5")
@pytest.mark.parametrize("envelope", ["<>", None])
def test_reports_are_kept_and_never_answered(bob, address, deliver, envelope):
    report = b"From: Mail Delivery <mailer-daemon@elsewhere.example>\nSubject: Undelivered\nMessage-ID: <1@elsewhere.example>\n"
    report += b'MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n--b\n\nNo such user.\n--b--\n'

    mail, sent = deliver(report, address, envelope_sender=envelope)

    assert (mail.outcome, mail.reason, sent) == ("ignored", "bounce", [])


@pytest.mark.parametrize(
    "headers", [{"Auto_Submitted": "no"}, {"Subject": "Our automatic door"}, {"X_Auto_Response_Suppress": "DR"}]
)
def test_people_are_not_taken_for_machines(bob, address, headers):
    assert receive(letter(bob.email, address, **headers), address).outcome == "posted"


@pytest.mark.row("R5")
@pytest.mark.parametrize("sets_headers", [True, False], ids=["as RFC 3834 asks", "with no header at all"])
def test_two_answering_machines_do_not_keep_each_other_awake(alice, bob, thread, deliver, sets_headers):
    """Each mail that reaches Alice or Bob is answered at once by a program; 100 rounds."""
    headers = {"Auto_Submitted": "auto-replied"} if sets_headers else {}
    inbox = [bob, alice]
    rounds, notices = 0, []

    while inbox and rounds < 100:
        person = inbox.pop(0)
        address = reply_address(person, thread)
        _mail, sent = deliver(letter(person.email, address, "I am away until Monday.", **headers), address)
        people = {alice.email: alice, bob.email: bob}
        inbox += [people[message.to[0]] for message in sent]
        notices += [message for message in sent if "Not posted" in message.subject or "Did you write" in message.subject]
        rounds += 1

    per_person = [Post.objects.filter(author=person, via="mail").count() for person in (alice, bob)]
    assert max(per_person) <= (0 if sets_headers else 1)
    assert notices == []
    assert rounds < 10
