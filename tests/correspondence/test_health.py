"""What comes back: mail to an address pauses, its owner is told on every page, and a code mailed there mends it (R6)."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from correspondence import addresses, outbox
from correspondence.health import codes, workflow
from correspondence.health.workflow import Failure
from correspondence.inbound.receiving import receive
from correspondence.models import AddressHealth, InboundMail, MailFailure, OutgoingMail
from correspondence.tasks import purge_outgoing
from foundation.models import HistoryEntry
from foundation.secrecy import derived_code
from tests.correspondence.reports import complaint, delivery_report, plain_bounce

pytestmark = pytest.mark.django_db


@pytest.fixture
def note(new_kind):
    """An optional mail that has no limit in a day."""
    return new_kind("note", answers_own_words=True)


def sent(person, kind="note", key="") -> OutgoingMail:
    mail = outbox.post(kind, person, key=key or f"{kind}:{OutgoingMail.objects.count()}")
    outbox.deliver(mail.pk)
    mail.refresh_from_db()
    return mail


def come_back(mail: OutgoingMail, status="5.1.1", words="smtp; 550 5.1.1 no such user", **report) -> InboundMail:
    to = addresses.bounce_address(mail)
    return receive(delivery_report(to, status, words, **report), to, envelope_sender="<>")


def state_of(person) -> str:
    return AddressHealth.objects.of(person.email).values_list("state", flat=True).first() or "no row"


@pytest.mark.row("R6")
def test_three_bounces_pause_the_mail_a_banner_says_so_and_a_code_mends_it(client, mailoutbox, note, code, alice, bob):
    """The whole way, by real reports, pages and mails."""
    client.force_login(alice)
    banner = f"Our mail to {alice.email} came back"
    for _ in range(3):
        assert banner not in client.get("/desk/").content.decode()
        come_back(sent(alice))

    pages = ["/desk/", "/", reverse("correspondence:preference-edit"), reverse("discussions:thread-list")]
    assert [banner in client.get(page).content.decode() for page in pages] == [True] * 4
    assert (sent(alice).state, sent(alice, "code").state, sent(bob).state) == ("unwanted", "sent", "sent")

    page = client.get(reverse("correspondence:address-detail")).content.decode()
    assert "550 5.1.1 no such user" in page
    mailoutbox.clear()
    client.post(reverse("correspondence:address-code-send"))
    outbox.deliver(OutgoingMail.objects.get(kind=codes.KIND).pk)
    (message,) = mailoutbox
    assert message.to == [alice.email]
    typed = re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}", message.body).group()
    answer = client.post(reverse("correspondence:address-confirm"), {"code": typed.lower()})

    assert answer.url == reverse("correspondence:preference-edit")
    assert banner not in client.get("/desk/").content.decode()
    assert sent(alice).state == "sent"
    assert state_of(alice) == "working"
    told = HistoryEntry.objects.filter(about=alice, target_type__model="addresshealth").order_by("pk")
    assert list(told.values_list("verb", "actor", "via")) == [
        ("paused the mail to an address", None, "mail"),
        ("said that an address works", alice.pk, "web"),
    ]


def test_an_address_beside_the_main_one_is_mended_when_its_owner_confirms_it(alice, bob):
    second = EmailAddress.objects.create(user=alice, email="alice@second.example", verified=True)
    health = AddressHealth.objects.create(address=second.email, state=AddressHealth.State.PAUSED)

    with pytest.raises(PermissionDenied):
        workflow.mended(second.email, by=bob)
    email_confirmed.send(EmailAddress, request=None, email_address=second)

    health.refresh_from_db()
    assert health.state == "working"


def test_what_came_back_before_it_was_mended_counts_no_more(mailoutbox, note, alice):
    mails = [sent(alice) for _ in range(5)]
    for mail in mails[:3]:
        come_back(mail)
    workflow.mended(alice.email, by=alice)

    for mail in mails[3:]:
        come_back(mail)
    come_back(sent(alice))

    assert (state_of(alice), MailFailure.objects.count()) == ("working", 6)


@pytest.mark.parametrize(
    ("reports", "state"),
    [
        ([("5.1.1", "smtp; 550 5.1.1 no such user", 0)] * 2, "working"),
        ([("5.1.1", "smtp; 550 5.1.1 no such user", 0)] * 3, "paused"),
        ([("5.1.1", "smtp; 550 5.1.1 no such user", days) for days in (91, 1, 0)], "working"),
        ([("5.2.2", "smtp; 552 5.2.2 mailbox full", 0)] * 9, "working"),
        ([("5.2.2", "smtp; 552 5.2.2 mailbox full", days) for days in range(5)], "paused"),
        ([("5.2.2", "smtp; 552 5.2.2 mailbox full", 8 * days) for days in range(5)], "working"),
        ([("5.7.1", "smtp; 550 5.7.1 blocked", days) for days in range(9)], "working"),
    ],
    ids=[
        "two hard",
        "three hard",
        "one long ago",
        "full for a day",
        "full for five days",
        "full now and then",
        "our own reputation",
    ],
)
def test_hard_and_soft_failures_count_and_decay(mailoutbox, note, alice, reports, state):
    for status, words, days in reports:
        mail = sent(alice)
        OutgoingMail.objects.filter(pk=mail.pk).update(sent_at=timezone.now() - timedelta(days=days), counted_on=None)
        come_back(mail, status, words)

    assert state_of(alice) == state


def test_a_report_delivered_again_counts_once_and_so_do_two_about_one_mail(mailoutbox, note, alice):
    mail = sent(alice)

    for _ in range(4):
        come_back(mail)

    assert (MailFailure.objects.count(), state_of(alice)) == (1, "working")


def test_a_plain_bounce_counts_and_a_vacation_notice_does_not(mailoutbox, note, alice):
    first, second = sent(alice), sent(alice)
    to_first, to_second = addresses.bounce_address(first), addresses.bounce_address(second)

    receive(plain_bounce(to_first, "<a@b.example>:\n550 5.1.1 User unknown"), to_first, envelope_sender="<>")
    receive(
        plain_bounce(to_second, "Away until Monday.", sender=alice.email, subject="Out of office", Auto_Submitted="auto-replied"),
        to_second,
        envelope_sender="<>",
    )

    assert list(MailFailure.objects.values_list("mail", "kind", "words")) == [(first.pk, "hard", "550 5.1.1 User unknown")]
    first.refresh_from_db(), second.refresh_from_db()
    assert (first.state, second.state) == ("failed", "sent")


def test_a_report_to_another_of_our_addresses_is_known_by_what_it_returns(mailoutbox, note, alice, bob, staff):
    mail = sent(alice)
    made_up = f"Message-ID: <{'a' * 40}@mail.example.org>"

    for returned in (f"Message-ID: {addresses.message_id(mail)}", made_up):
        receive(delivery_report("team@mail.example.org", returned=returned), "team@mail.example.org", envelope_sender="<>")

    assert list(MailFailure.objects.values_list("mail", "health__address")) == [(mail.pk, alice.email)]
    assert OutgoingMail.objects.filter(kind="letter_to_team").count() == 0


@pytest.mark.row("R6")
@pytest.mark.parametrize("to", ["complaints@mail.example.org", "team@mail.example.org", "its bounce address"])
def test_a_complaint_stops_all_optional_mail_at_once_and_nothing_else(client, mailoutbox, note, code, alice, bob, to):
    mail = sent(alice)
    to = addresses.bounce_address(mail) if to == "its bounce address" else to

    receive(complaint(to, f"Message-ID: {addresses.message_id(mail)}\nTo: redacted@mailbox.example"), to)

    assert state_of(alice) == "complained"
    assert [sent(alice, kind).state for kind in ("note", "code")] == ["unwanted", "sent"]
    assert sent(bob).state == "sent"
    mail.refresh_from_db()
    assert mail.state == "sent"
    client.force_login(alice)
    assert "was reported as unwanted" in client.get("/desk/").content.decode()


def test_a_complaint_that_is_none_or_names_no_mail_of_ours_stops_nothing(mailoutbox, note, alice):
    mail = sent(alice)
    ours, made_up = f"Message-ID: {addresses.message_id(mail)}", f"Message-ID: <{'a' * 40}@mail.example.org>\nTo: {alice.email}"

    receive(complaint("complaints@mail.example.org", ours, kind="not-spam"), "complaints@mail.example.org")
    receive(complaint("complaints@mail.example.org", made_up), "complaints@mail.example.org")

    assert AddressHealth.objects.count() == 0


def test_a_server_that_knows_nobody_of_that_name_says_so_at_once(smtp, note, alice, bob):
    smtp.say[alice.email] = "550 5.1.1 no such user"
    smtp.say[bob.email] = "550 5.7.1 your network is on our block list"

    assert [sent(person).state for person in (alice, bob)] == ["failed", "failed"]
    found = MailFailure.objects.order_by("pk").values_list("health__address", "kind", "words")
    assert list(found) == [
        (alice.email, "hard", "550 5.1.1 no such user"),
        (bob.email, "policy", "550 5.7.1 your network is on our block list"),
    ]


def test_a_refusal_of_the_mail_itself_says_nothing_of_the_address(smtp, note, alice):
    smtp.say["end"] = "554 5.6.0 content"

    assert (sent(alice).state, MailFailure.objects.count()) == ("failed", 0)


# --- Mending


@pytest.fixture
def paused(alice) -> AddressHealth:
    for number in range(3):
        workflow.note(alice.email, Failure("hard", "550 no such user", f"test:{number}"))
    return AddressHealth.objects.of(alice.email).get()


def typed(client, code: str):
    return client.post(reverse("correspondence:address-confirm"), {"code": code})


def code_of(health: AddressHealth) -> str:
    health.refresh_from_db()
    return derived_code(codes.PURPOSE, health.nonce)


def test_a_wrong_code_is_refused_and_five_are_the_most(client, alice, paused):
    client.force_login(alice)
    client.post(reverse("correspondence:address-code-send"))
    right = code_of(paused)

    answers = [typed(client, "2222-2222") for _ in range(5)]

    assert [answer.status_code for answer in answers] == [200] * 5
    assert "This is not the code" in answers[0].content.decode()
    assert typed(client, right).status_code == 200
    assert state_of(alice) == "paused"


def test_a_code_lapses(client, alice, paused):
    client.force_login(alice)
    client.post(reverse("correspondence:address-code-send"))
    AddressHealth.objects.update(asked_at=timezone.now() - timedelta(minutes=16))

    assert (typed(client, code_of(paused)).status_code, state_of(alice)) == (200, "paused")


def test_three_codes_an_hour_are_the_most(client, alice, paused):
    client.force_login(alice)

    for _ in range(5):
        client.post(reverse("correspondence:address-code-send"))

    assert OutgoingMail.objects.filter(kind=codes.KIND).count() == 3


def test_another_main_address_is_not_stopped(client, note, mailoutbox, alice, paused):
    EmailAddress.objects.filter(user=alice).update(primary=False)
    EmailAddress.objects.create(user=alice, email="alice@work.example", verified=True, primary=True)
    type(alice).objects.filter(pk=alice.pk).update(email="alice@work.example")
    alice.refresh_from_db()
    client.force_login(alice)

    assert "came back" not in client.get("/desk/").content.decode()
    assert sent(alice).state == "sent"


def test_the_team_sees_where_mail_stands_and_mends_what_was_our_fault(client, staff, alice, bob, paused):
    workflow.note(bob.email, Failure("complaint", "abuse", "test:complaint"))
    client.force_login(staff)
    complained = AddressHealth.objects.of(bob.email).get()

    listed = client.get(reverse("admin:correspondence_addresshealth_changelist")).content.decode()
    for health in (paused, complained):
        client.post(reverse("admin:addresshealth-resume", args=[health.pk]))

    assert alice.email in listed
    assert bob.email in listed
    assert (state_of(alice), state_of(bob)) == ("working", "complained")
    assert "Mail to 1 address is paused" not in client.get("/desk/").content.decode()


def test_a_paused_address_lies_on_the_desk_of_the_team(client, staff, paused):
    client.force_login(staff)

    assert "Mail to 1 address is paused" in client.get("/desk/").content.decode()


def test_what_came_back_over_a_year_ago_is_forgotten(alice, bob, paused):
    workflow.note(bob.email, Failure("soft", "mailbox full", "test:soft"))
    MailFailure.objects.update(at=timezone.now() - timedelta(days=366))

    purge_outgoing()

    assert list(AddressHealth.objects.values_list("address", "state")) == [(alice.email, "paused")]
    assert MailFailure.objects.count() == 0
