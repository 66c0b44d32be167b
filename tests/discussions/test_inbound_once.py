"""The same mail is one post: delivered again, delivered at once, or found after a crash (R4)."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from correspondence.inbound.receiving import receive, settle, store
from correspondence.inbound.tasks import purge_inbound, sweep_inbound
from correspondence.models import InboundMail, OutgoingMail
from correspondence.querysets_inbound import TRIES
from discussions import inbound as door
from discussions import workflow
from discussions.models import Post
from tests.correspondence.letters import letter, reply_address


@pytest.fixture
def address(alice, bob):
    return reply_address(bob, workflow.start_private_thread(by=alice, to=bob, subject="Our survey", body="Shall we?"))


def at_once(times: int, act) -> list[Exception]:
    """Run `act` in so many threads, each with a connection of its own, all let go at the same moment."""
    gate, errors = threading.Barrier(times), []

    def run():
        try:
            gate.wait(timeout=10)
            act()
        except Exception as error:  # noqa: BLE001  the test looks at them
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return errors


@pytest.mark.row("R4")
@pytest.mark.parametrize("headers", [{}, {"Message_ID": ""}], ids=["with a Message-ID", "without one"])
def test_the_same_mail_five_times_is_one_post(bob, address, headers):
    raw = letter(bob.email, address, **headers)

    mails = {receive(raw, address).pk for _ in range(5)}

    assert len(mails) == 1
    assert Post.objects.filter(author=bob).count() == 1


@pytest.mark.row("R4")
@pytest.mark.django_db(transaction=True)
def test_the_same_mail_in_parallel_is_one_post(bob, address):
    raw = letter(bob.email, address)

    errors = at_once(5, lambda: receive(raw, address))

    assert errors == []
    assert InboundMail.objects.values_list("outcome").get() == ("posted",)
    assert Post.objects.filter(author=bob).count() == 1
    assert OutgoingMail.objects.filter(about={"post": Post.objects.get(author=bob).pk}).count() == 1


@pytest.mark.django_db(transaction=True)
def test_answers_at_once_each_get_a_number(alice, bob, address):
    errors = at_once(5, lambda: receive(letter(bob.email, address, f"Word {threading.get_ident()}"), address))

    assert errors == []
    assert list(Post.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]


def test_the_same_mail_to_two_of_our_addresses_is_two(alice, bob, address):
    other = workflow.start_private_thread(by=alice, to=bob, subject="Our survey", body="And this?")
    raw = letter(bob.email, address)

    receive(raw, address)
    receive(raw, reply_address(bob, other))

    assert Post.objects.filter(author=bob).count() == 2


def test_a_crash_after_storing_is_made_good_by_the_sweep(bob, address):
    mail = store(letter(bob.email, address), address)
    assert Post.objects.filter(author=bob).count() == 0
    InboundMail.objects.filter(pk=mail.pk).update(received_at=timezone.now() - timedelta(minutes=1))

    sweep_inbound()
    sweep_inbound()

    assert Post.objects.filter(author=bob).count() == 1


def test_a_worker_that_died_while_working_is_followed_by_another_when_its_lease_runs_out(bob, address):
    mail = store(letter(bob.email, address), address)
    assert InboundMail.objects.claim(mail.pk)

    sweep_inbound()
    assert Post.objects.filter(author=bob).count() == 0
    InboundMail.objects.filter(pk=mail.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    sweep_inbound()

    assert Post.objects.filter(author=bob).count() == 1


def test_when_our_software_fails_nothing_half_done_stays_and_at_last_the_words_go_back(bob, address, monkeypatch):
    reply = workflow.reply

    def breaks_after_posting(*args, **kwargs):
        reply(*args, **kwargs)
        raise ZeroDivisionError

    monkeypatch.setattr(door.workflow, "reply", breaks_after_posting)
    mail = receive(letter(bob.email, address), address)
    assert (mail.state, mail.outcome) == ("received", "")

    for _ in range(TRIES):
        InboundMail.objects.filter(pk=mail.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
        settle(mail.pk)

    mail.refresh_from_db()
    assert (mail.state, mail.outcome, mail.reason) == ("stuck", "refused", "our fault")
    assert Post.objects.filter(author=bob).count() == 0
    assert OutgoingMail.objects.get(kind="mail_returned").address == bob.email


def test_words_are_kept_30_days_and_headers_a_year(bob, address):
    now = timezone.now()
    ages = {"young": timedelta(days=29), "old": timedelta(days=31), "ancient": timedelta(days=366)}
    mails = {name: receive(letter(bob.email, address, name), address) for name in ages}
    waiting = store(letter(bob.email, address, "not looked at"), address)
    for name, age in ages.items():
        InboundMail.objects.filter(pk=mails[name].pk).update(received_at=now - age)
    InboundMail.objects.filter(pk=waiting.pk).update(received_at=now - ages["old"])

    purge_inbound()

    kept = dict(InboundMail.objects.values_list("pk", "raw"))
    assert {pk for pk, raw in kept.items() if raw} == {mails["young"].pk, waiting.pk}
    assert set(kept) == {mails["young"].pk, mails["old"].pk, waiting.pk}


def test_a_mail_is_in_one_hand_at_a_time(bob, address):
    mail = store(letter(bob.email, address), address)
    claim = InboundMail.objects.claim

    assert (claim(mail.pk), claim(mail.pk)) == (True, False)
    InboundMail.objects.filter(pk=mail.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    assert (claim(mail.pk), claim(mail.pk)) == (True, False)
    InboundMail.objects.filter(pk=mail.pk).update(lease_until=None, state="settled")
    assert claim(mail.pk) is False


def test_whoever_lost_their_lease_finds_the_mail_settled(bob, address, monkeypatch):
    mail = receive(letter(bob.email, address), address)
    monkeypatch.setattr(type(InboundMail.objects.all()), "claim", lambda rows, pk: True)

    settle(mail.pk)

    assert Post.objects.filter(author=bob).count() == 1
