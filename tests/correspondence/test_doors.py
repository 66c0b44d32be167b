"""Mail sent back to the addresses that our own mail carries."""

from __future__ import annotations

from email.message import EmailMessage
from email.utils import parseaddr
from textwrap import dedent

import pytest

from correspondence import addresses, outbox
from correspondence.inbound.receiving import receive
from correspondence.models import InboundMail, MailPreference, OutgoingMail
from foundation.models import Community
from tests import make

pytestmark = pytest.mark.django_db


def letter(
    to: str, *, sender: str = "anybody@people.example.org", subject: str = "unsubscribe", text: str = "", **headers
) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"], message["Message-ID"] = (
        sender,
        to,
        subject,
        f"<{hash(text)}@elsewhere.example>",
    )
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return bytes(message)


def report(to: str, action: str, status: str) -> bytes:
    return dedent(f"""\
        From: MAILER-DAEMON@mx.example.org
        To: {to}
        Subject: Undelivered Mail
        Message-ID: <report@mx.example.org>
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="b"

        --b
        Content-Type: text/plain

        Sorry.
        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example.org

        Final-Recipient: rfc822; alice-amadi@people.example.org
        Action: {action}
        Status: {status}
        Diagnostic-Code: smtp; 550 5.1.1 no such
         person

        --b--
        """).encode()


def sent(person, kind="note") -> OutgoingMail:
    mail = outbox.post(kind, person, key=kind)
    outbox.deliver(mail.pk)
    mail.refresh_from_db()
    assert mail.state == "sent"
    return mail


@pytest.mark.row("R7")
def test_writing_to_the_unsubscribe_address_stops_that_kind(smtp, note, code, alice, bob):
    mail = sent(alice)
    address = smtp.messages[0]["List-Unsubscribe"].split("mailto:")[1].rstrip("> ")

    inbound = receive(letter(address), address)

    assert inbound.outcome == InboundMail.Outcome.POSTED
    assert list(MailPreference.objects.values_list("person", "kind", "wanted")) == [(alice.pk, "note", False)]
    assert address == addresses.unsubscribe_address(mail)


def test_a_wrong_unsubscribe_address_stops_nothing(mailoutbox, note, code, alice):
    must_come = addresses.unsubscribe_address(sent(alice, "code"))

    outcomes = [receive(letter(to, text=to), to).outcome for to in (must_come, "unsubscribe+abc@mail.example.org")]

    assert outcomes == [InboundMail.Outcome.REFUSED] * 2
    assert list(MailPreference.objects.all()) == []


@pytest.mark.parametrize(
    ("action", "status", "state"), [("failed", "5.1.1", "failed"), ("delayed", "4.4.1", "sent"), ("failed", "4.2.2", "failed")]
)
def test_a_delivery_report_tells_the_team_that_a_mail_did_not_arrive(mailoutbox, note, alice, action, status, state):
    mail = sent(alice)

    receive(report(addresses.bounce_address(mail), action, status), addresses.bounce_address(mail), envelope_sender="<>")

    mail.refresh_from_db()
    assert mail.state == state
    assert (mail.answer == "came back: smtp; 550 5.1.1 no such person") == (state == "failed")
    assert [message.to for message in mailoutbox] == [[alice.email]]


@pytest.mark.row("R5")
def test_a_machine_at_the_bounce_address_gets_no_answer(mailoutbox, note, alice):
    mail = sent(alice)
    wrong = "bounce+" + "a" * 33 + "@mail.example.org"
    vacation = letter(addresses.bounce_address(mail), subject="Out of office", text="Away.", Auto_Submitted="auto-replied")

    receive(vacation, addresses.bounce_address(mail))
    receive(report(wrong, "failed", "5.1.1"), wrong, envelope_sender="<>")

    mail.refresh_from_db()
    assert mail.state == "sent"
    assert OutgoingMail.objects.count() == 1


@pytest.mark.row("R33")
def test_an_answer_to_any_mail_reaches_everybody_on_the_team(mailoutbox, note, alice, staff, django_capture_on_commit_callbacks):
    other = make.person("Tess Team", is_staff=True)
    make.person("Gone Staff", is_staff=True, is_active=False)
    sent(alice)
    to = mailoutbox[0].reply_to[0]

    with django_capture_on_commit_callbacks(execute=True):
        inbound = receive(letter(to, sender=alice.email, subject="Re: About", text="I have lost my phone."), to)

    letters = mailoutbox[1:]
    assert inbound.outcome == InboundMail.Outcome.POSTED
    assert sorted(message.to[0] for message in letters) == sorted([staff.email, other.email])
    assert {message.subject for message in letters} == {"Letter to the team: Re: About"}
    assert {message.reply_to[0] for message in letters} == {alice.email}
    assert "I have lost my phone." in letters[0].body
    assert "support team reads it" not in letters[0].body


def test_an_answer_reaches_the_team_at_the_address_that_the_community_chose(mailoutbox, note, alice, staff):
    Community.objects.update_or_create(pk=1, defaults={"name": "Riverside", "sender_address": "hello@mail.example.org"})
    sent(alice)
    _name, of_sender = parseaddr(mailoutbox[0].extra_headers["From"])

    inbound = receive(letter("HELLO@mail.example.org", sender=alice.email, subject="Re: About"), "HELLO@mail.example.org")

    assert (of_sender, mailoutbox[0].reply_to) == ("hello@mail.example.org", ["hello@mail.example.org"])
    assert (inbound.outcome, OutgoingMail.objects.filter(kind="letter_to_team").count()) == ("posted", 1)
    assert receive(letter("hallo@mail.example.org", sender=alice.email), "hallo@mail.example.org").reason == "unknown address"


def test_a_flood_of_letters_is_kept_but_not_passed_on(mailoutbox, staff, monkeypatch):
    monkeypatch.setattr("correspondence.doors.LETTERS_A_DAY", 2)

    for number in range(4):
        receive(letter("team@mail.example.org", text=f"letter {number}"), "team@mail.example.org")

    assert (InboundMail.objects.count(), OutgoingMail.objects.count()) == (4, 2)


def test_a_vacation_notice_to_the_team_goes_to_nobody(mailoutbox, staff):
    receive(letter("team@mail.example.org", text="Away.", Auto_Submitted="auto-replied"), "team@mail.example.org")

    assert OutgoingMail.objects.count() == 0
