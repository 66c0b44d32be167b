"""What is remembered of reading: the person sees it, deletes it, switches it off; nobody else sees any of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from correspondence import due
from discussions.models import ReadMark
from discussions.workflow import mark_read, reply, start_private_thread
from foundation import reading
from tests import make

PAGE, SWITCH, FORGET = "/settings/reading/", "/settings/reading/switch/", "/settings/reading/forget/"


@pytest.fixture
def threads(alice, bob):
    """Two conversations in which Alice wrote to Bob, who has read the first."""
    found = [start_private_thread(by=alice, to=bob, subject=subject, body="Shall we?") for subject in ("Our survey", "The bridge")]
    for thread in found:
        thread.refresh_from_db()
    mark_read(found[0], by=bob, number=1)
    return found


def marks(person) -> list[tuple[str, int]]:
    rows = ReadMark.objects.filter(person=person).order_by("pk")
    return list(rows.values_list("thread__subject", "number"))


@pytest.mark.row("A5")
def test_one_sees_what_is_remembered(client, bob, threads):
    client.force_login(bob)

    page = client.get(PAGE).content.decode()

    assert "It is switched on" in page
    assert "Our survey" in page
    assert "Read up to post 1" in page
    assert "The bridge" not in page


@pytest.mark.row("A5")
def test_one_mark_is_forgotten_or_all(client, alice, bob, threads):
    mark_read(threads[1], by=bob, number=1)
    client.force_login(bob)

    client.post(FORGET, {"source": "threads", "key": threads[0].pk})
    after_one = marks(bob)
    client.post(FORGET)

    assert (after_one, marks(bob)) == ([("The bridge", 1)], [])
    assert len(marks(alice)) == 2  # hers are hers


@pytest.mark.row("A5")
def test_switched_off_it_forgets_and_remembers_nothing_more(client, alice, bob, threads):
    client.force_login(bob)
    client.post(SWITCH, {"on": "no"})

    client.post(reverse("discussions:thread-read", args=[threads[1].pk]), {"number": "1"})
    bob.refresh_from_db()
    reply(threads[1], by=bob, body="Gladly.")

    assert marks(bob) == []
    pages = {url: client.get(url).content.decode() for url in (PAGE, "/desk/", "/messages/", threads[1].get_absolute_url())}
    assert "It is switched off" in pages[PAGE]
    assert "I have read it" not in pages[threads[1].get_absolute_url()]
    assert "Our survey" not in pages["/desk/"]
    assert ">New<" not in pages["/messages/"]

    client.post(SWITCH, {"on": "yes"})
    assert "Our survey" in client.get("/desk/").content.decode()


@pytest.mark.row("A5")
def test_nobody_else_sees_it_the_support_team_included(client, alice, bob, staff, threads):
    models = {model._meta.label for model in admin.site._registry}
    client.force_login(staff)

    assert "discussions.ReadMark" not in models
    page = client.get(reverse("admin:ambassadors_user_change", args=[bob.pk])).content.decode()
    assert "remembers_reading" not in page
    assert "remember" not in page.lower()


@pytest.mark.row("A5")
def test_marks_die_after_a_year_and_what_is_old_is_not_new_again(client, bob, threads):
    client.force_login(bob)
    with time_machine.travel(timezone.now() + timedelta(days=364)):
        due.post_all()
        assert marks(bob) == [("Our survey", 1)]

    with time_machine.travel(timezone.now() + timedelta(days=366)):
        due.post_all()
        client.force_login(bob)
        assert marks(bob) == []
        assert "Our survey" not in client.get("/desk/").content.decode()
        assert ">New<" not in client.get("/messages/").content.decode()


def test_a_mark_that_crossed_the_switch_is_deleted_by_the_clock(bob, threads):
    type(bob).objects.filter(pk=bob.pk).update(remembers_reading=False)

    assert reading.expire() == 1
    assert marks(bob) == []


@pytest.mark.parametrize(
    "data",
    [{"source": "nonsense", "key": "1"}, {"source": "threads", "key": "x"}, {"source": "threads", "key": "9" * 40}],
)
def test_nonsense_forgets_nothing(client, bob, threads, data):
    client.force_login(bob)

    assert client.post(FORGET, data).status_code == 302
    assert marks(bob) == [("Our survey", 1)]


@pytest.mark.parametrize("rows", [1, 3])
def test_what_is_remembered_is_listed_at_the_same_cost(client, alice, bob, rows, django_assert_num_queries):
    for number in range(rows):
        reply(start_private_thread(by=alice, to=bob, subject=f"No {number}", body="Shall we?"), by=bob, body="Gladly.")
    client.force_login(bob)
    client.get(PAGE)

    with django_assert_num_queries(5):
        client.get(PAGE)


def test_who_reads_only_is_not_told_apart_by_an_outsider(client, bob, threads):
    carla = make.ambassador("Carla Costa")
    client.force_login(carla)

    assert "Our survey" not in client.get(PAGE).content.decode()
