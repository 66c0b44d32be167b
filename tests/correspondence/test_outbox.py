"""Putting mail into the outbox."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone
from kombu.exceptions import OperationalError

from correspondence import delivery, outbox, tasks
from correspondence.models import OutgoingMail
from foundation.breaker import Breaker
from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("people", [1, 3])
def test_mail_to_many_costs_the_same_queries_however_many_they_are(note, people, django_assert_num_queries):
    pks = [make.ambassador(f"Person {number}").pk for number in range(people)]

    with django_assert_num_queries(2):
        assert outbox.post_many("note", pks, key="thread:7", thread=7) == people
    assert list(OutgoingMail.objects.order_by("pk").values_list("person", "key", "about")) == [
        (pk, f"thread:7:{pk}", {"thread": 7}) for pk in pks
    ]
    assert len(set(OutgoingMail.objects.values_list("nonce", flat=True))) == people


def test_mail_to_many_twice_is_once(note, alice, bob, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        first = outbox.post_many("note", [alice.pk], key="thread:7")
        second = outbox.post_many("note", [alice.pk, bob.pk], key="thread:7")

    assert (first, second) == (1, 1)
    assert sorted(message.to[0] for message in mailoutbox) == [alice.email, bob.email]


def test_mail_to_many_of_a_kind_nobody_registered(alice):
    with pytest.raises(LookupError):
        outbox.post_many("no such kind", [alice.pk], key="k")


def test_a_broker_that_does_not_answer_is_asked_once_and_the_sweep_finds_the_mail(
    note, alice, bob, mailoutbox, monkeypatch, django_capture_on_commit_callbacks
):
    asked = []

    def refuse(pk):
        asked.append(pk)
        raise OperationalError

    monkeypatch.setattr(outbox, "broker", Breaker())
    with monkeypatch.context() as broken:
        broken.setattr(tasks.deliver_mail, "delay", refuse)
        with django_capture_on_commit_callbacks(execute=True):
            for person in (alice, bob):
                outbox.post("note", person, key=f"k:{person.pk}")
    assert (len(asked), mailoutbox) == (1, [])
    monkeypatch.setattr(outbox, "broker", Breaker())

    tasks.sweep_outbox()

    assert sorted(message.to[0] for message in mailoutbox) == [alice.email, bob.email]


def test_the_sweep_takes_what_is_due_and_leaves_the_rest(note, alice, mailoutbox):
    rows = {
        "due": {},
        "later": {"due_at": timezone.now() + timedelta(hours=1)},
        "held": {"state": "claimed", "lease_until": timezone.now() + timedelta(minutes=1)},
        "left": {"state": "claimed", "lease_until": timezone.now() - timedelta(minutes=1)},
        "sent": {"state": "sent"},
        "waits": {"state": "waiting"},
    }
    for key, fields in rows.items():
        OutgoingMail.objects.create(kind="note", person=alice, key=key, **fields)
    output = StringIO()

    call_command("sweep_outbox", stdout=output)

    assert output.getvalue() == "2 mails were due.\n"
    assert dict(OutgoingMail.objects.values_list("key", "state")) == {
        "due": "sent",
        "later": "queued",
        "held": "claimed",
        "left": "sent",
        "sent": "sent",
        "waits": "waiting",
    }


def test_send_due_does_what_the_clock_does(note, alice, mailoutbox):
    OutgoingMail.objects.create(kind="note", person=alice, key="due")
    output = StringIO()

    call_command("send_due", stdout=output)

    assert "what waited: 0 posted\n" in output.getvalue()
    assert [message.to for message in mailoutbox] == [[alice.email]]


def test_after_a_year_only_the_key_and_the_way_to_stop_it_are_left(note, alice):
    long_ago = timezone.now() - timedelta(days=366)
    rows = {
        "old": {"person": alice, "created_at": long_ago},
        "old, to an address": {"address": "x@people.example.org", "created_at": long_ago},
        "old, waits for a person": {"person": alice, "created_at": long_ago, "state": "unknown"},
        "young": {"person": alice},
    }
    for key, fields in rows.items():
        OutgoingMail.objects.create(
            **{"kind": "note", "key": key, "state": "sent", "about": {"text": "x"}, "answer": "250 ok", **fields}
        )

    tasks.purge_outgoing()
    tasks.purge_outgoing()

    left = OutgoingMail.objects.order_by("pk").values_list("key", "about", "answer")
    assert list(left) == [
        ("old", {}, ""),
        ("old, waits for a person", {"text": "x"}, "250 ok"),
        ("young", {"text": "x"}, "250 ok"),
    ]


def test_the_command_sweeps_until_nothing_is_due(note, alice, mailoutbox, monkeypatch):
    for number in range(3):
        OutgoingMail.objects.create(kind="note", person=alice, key=str(number))
    whole = delivery.sweep
    monkeypatch.setattr(delivery, "sweep", lambda: whole()[:2])

    call_command("sweep_outbox", stdout=StringIO())

    assert len(mailoutbox) == 3
