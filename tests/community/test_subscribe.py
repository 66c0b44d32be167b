"""How somebody without an account gets the Update: they ask, confirm from their mailbox, see what is kept, and delete it."""

from __future__ import annotations

import re
import time
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from correspondence.models import MailPreference, OutgoingMail, Subscription
from correspondence.tasks import purge_subscriptions
from correspondence.update import subscribing
from foundation import proof
from foundation.models import HistoryEntry
from tests.community import update_making as updates

pytestmark = pytest.mark.django_db
NOOR = "noor@elsewhere.example"


@pytest.fixture
def ask(django_capture_on_commit_callbacks):
    """Send the form, each time from another internet address."""
    numbers = iter(range(1, 250))

    def ask(address=NOOR, client=None, **changed):
        fields = {"address": address, "begun": proof.begin(at=time.time() - 60)} | changed
        with django_capture_on_commit_callbacks(execute=True):
            return (client or Client(REMOTE_ADDR=f"203.0.113.{next(numbers)}")).post("/subscribe/send/", fields)

    return ask


def link_in(letter) -> str:
    return re.search(r"http://localhost(/subscribe/[a-z2-7]+/)", letter.body).group(1)


def states() -> list[tuple[str, str]]:
    return list(Subscription.objects.order_by("pk").values_list("address", "status"))


@pytest.mark.row("D18")
def test_an_address_is_subscribed_by_a_button_behind_the_mailed_link_and_by_nothing_less(ask, client):
    answer = ask("  Noor@Elsewhere.example ")
    assert (answer.status_code, answer.headers["Location"], states()) == (302, "/subscribe/waits/", [(NOOR, "asked")])
    link = link_in(mail.outbox[0])

    for method in ("get", "head"):  # programs that scan mail open links
        getattr(client, method)(link)
    assert states() == [(NOOR, "asked")]
    client.post(f"{link}confirm/")

    assert states() == [(NOOR, "confirmed")]
    client.post(f"{link}confirm/")
    assert states() == [(NOOR, "confirmed")]


def test_the_page_answers_the_same_whoever_is_known(ask, alice):
    updates.subscription("known@elsewhere.example")

    answers = [ask(address) for address in (NOOR, "known@elsewhere.example", alice.email, alice.email.upper())]

    assert {(answer.status_code, answer.headers["Location"], answer.content) for answer in answers} == {
        (302, "/subscribe/waits/", b"")
    }
    assert [one.to for one in mail.outbox] == [[NOOR], ["known@elsewhere.example"], [alice.email]]
    assert [
        "do nothing" in mail.outbox[0].body,
        "You get it already" in mail.outbox[1].body,
        "As a member" in mail.outbox[2].body,
    ] == [
        True,
        True,
        True,
    ]
    assert states() == [("known@elsewhere.example", "confirmed"), (NOOR, "asked")]


def test_one_mail_a_day_goes_to_an_address(ask):
    for _time in range(3):
        ask()
    assert len(mail.outbox) == 1

    with time_machine.travel(timezone.now() + timedelta(days=1)):
        ask()

    assert len(mail.outbox) == 2


def test_what_is_kept_is_shown_and_deleted(ask, client):
    ask()
    link = link_in(mail.outbox[0])
    client.post(f"{link}confirm/")
    OutgoingMail.objects.create(kind="update", address=NOOR, key="one", state="sent")

    page = client.get(link)
    assert (page.status_code, NOOR in page.content.decode(), page.headers["Referrer-Policy"]) == (200, True, "no-referrer")
    answer = client.post(f"{link}delete/")

    assert answer.headers["Location"] == "/subscribe/gone/"
    assert (states(), list(OutgoingMail.objects.all()), list(MailPreference.objects.all())) == ([], [], [])
    assert not HistoryEntry.objects.filter(target_name__contains="noor").exists()
    assert client.get(link).status_code == 410


def test_who_stopped_it_can_ask_for_it_again(ask, client):
    updates.subscription()
    MailPreference.objects.say("update", person=None, address=NOOR, wanted=False)
    assert states() == []

    ask()
    client.post(f"{link_in(mail.outbox[0])}confirm/")

    assert states() == [(NOOR, "confirmed")]
    assert MailPreference.objects.wants("update", None, NOOR)


def test_addresses_that_nobody_confirmed_are_forgotten_after_a_week(ask):
    ask()
    updates.subscription("known@elsewhere.example")
    with time_machine.travel(timezone.now() + timedelta(days=6)):
        purge_subscriptions()
        assert len(states()) == 2

    with time_machine.travel(timezone.now() + timedelta(days=8)):
        purge_subscriptions()
        purge_subscriptions()

    assert states() == [("known@elsewhere.example", "confirmed")]
    assert not OutgoingMail.objects.filter(address=NOOR).exists()


def test_asking_again_renews_the_link_for_seven_days(ask, client):
    ask()
    with time_machine.travel(timezone.now() + timedelta(days=6)):
        ask()
    assert len(mail.outbox) == 2

    with time_machine.travel(timezone.now() + timedelta(days=12)):
        purge_subscriptions()
        client.post(f"{link_in(mail.outbox[1])}confirm/")
    with time_machine.travel(timezone.now() + timedelta(days=20)):
        ask()
        purge_subscriptions()

    assert states() == [(NOOR, "confirmed")]


def test_asking_again_counts_towards_the_mails_of_the_day(ask, monkeypatch):
    monkeypatch.setattr(subscribing, "ASKED_A_DAY", 2)
    addresses = ["one@elsewhere.example", "two@elsewhere.example"]
    for address in addresses:
        ask(address)

    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert [ask(address).status_code for address in [*addresses, "three@elsewhere.example"]] == [302, 302, 429]


def test_whoever_confirms_while_the_clock_forgets_is_not_forgotten(ask, client, monkeypatch):
    """The button is pressed after the clock has listed what is to go."""
    ask()
    link = link_in(mail.outbox[0])
    forget = subscribing._forget_unconfirmed

    def a_moment_later(pk, **since):
        client.post(f"{link}confirm/")
        return forget(pk, **since)

    monkeypatch.setattr(subscribing, "_forget_unconfirmed", a_moment_later)
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        purge_subscriptions()

    assert states() == [(NOOR, "confirmed")]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"homepage": "http://buy.example"}, "A field that only robots see was filled in"),
        ({"begun": "made up"}, "This page had been open for long"),
        ({"begun": ""}, "This page had been open for long"),
        ({"address": "nobody"}, "Enter a valid email address"),
        ({"address": ""}, "This field is required"),
    ],
    ids=["honeypot", "forged", "no page", "no address", "empty"],
)
def test_what_robots_send_is_refused_in_a_sentence(ask, changed, said):
    answer = ask(**changed)

    assert (answer.status_code, said in answer.content.decode(), states(), mail.outbox) == (200, True, [], [])


def test_a_flood_from_one_internet_address_is_refused(ask):
    client = Client()

    answers = [ask(f"n{number}@elsewhere.example", client).status_code for number in range(5)]

    assert answers == [302, 302, 302, 429, 429]
    assert len(mail.outbox) == 3


def test_a_flood_from_everywhere_ends_for_the_day(ask, monkeypatch):
    monkeypatch.setattr(subscribing, "ASKED_A_DAY", 2)

    assert [ask(f"n{number}@elsewhere.example").status_code for number in range(3)] == [302, 302, 429]


def test_the_support_team_sees_how_many_and_nobody_who(client, staff):
    updates.subscription()
    updates.subscription("maybe@elsewhere.example", confirmed=False)
    client.force_login(staff)

    page = client.get("/admin/correspondence/update/").content.decode()

    assert "1 confirmed subscriber, beside the members" in page
    assert NOOR not in page
    assert client.get("/admin/correspondence/subscription/").status_code == 404
