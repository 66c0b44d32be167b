"""Whoever answers has read what stood before them, and nothing that came in meanwhile."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from discussions import workflow
from discussions.models import ReadMark, Thread
from discussions.moderation.moving import merge
from tests.discussions import making


@pytest.fixture
def talk(alice, bob):
    """A thread of three posts in a topic, of which Alice wrote none."""
    talk = making.thread(making.topic(), bob)
    making.talk(talk, bob, bob)
    talk.refresh_from_db()
    return talk


@pytest.fixture
def as_alice(client, alice):
    client.force_login(alice)
    return client


def opened(client, thread: Thread, query: str = "") -> dict[str, str]:
    """What the form of the page sends along."""
    page = client.get(thread.get_absolute_url() + query).content.decode()
    return {"shown": re.findall(r'<input type="hidden" name="shown" value="(\d+)" form="composer">', page)[0]}


def answer(client, thread: Thread, form: dict[str, str]) -> None:
    client.post(reverse("discussions:post-reply", args=[thread.pk]), {"body": "I think so.", **form})


def mark_of(person) -> int | None:
    return ReadMark.objects.filter(person=person).values_list("number", flat=True).first()


@pytest.mark.parametrize(("meanwhile", "mark"), [(0, 4), (2, 3)])
def test_what_came_in_while_somebody_wrote_stays_new_to_them(as_alice, alice, bob, talk, meanwhile, mark):
    form = opened(as_alice, talk)
    making.talk(talk, *[bob] * meanwhile)

    answer(as_alice, talk, form)

    assert mark_of(alice) == mark
    assert Thread.objects.unread_by(alice).exists() == bool(meanwhile)


def test_the_first_page_of_many_is_all_that_was_read(as_alice, alice, bob, talk):
    making.talk(talk, *[bob] * 20)

    answer(as_alice, talk, opened(as_alice, talk, "?from=1"))
    assert mark_of(alice) == 20
    answer(as_alice, talk, opened(as_alice, talk, "?from=21"))

    assert mark_of(alice) == 25


@pytest.mark.parametrize(("read", "form", "mark"), [(0, {}, None), (3, {}, 4), (2, {"shown": "x"}, 2), (0, {"shown": "99999"}, 4)])
def test_a_form_that_says_nothing_sensible_marks_no_more_than_was_read_before(as_alice, alice, talk, read, form, mark):
    if read:
        workflow.mark_read(talk, by=alice, number=read)

    answer(as_alice, talk, form)

    assert mark_of(alice) == mark


def test_numbers_of_a_conversation_that_was_merged_are_not_taken_for_those_of_the_other(as_alice, alice, bob, talk):
    other = making.thread(talk.space, bob, subject="The same")
    form = opened(as_alice, talk)
    merge(talk, other, by=making.host())

    answer(as_alice, talk, form)

    assert not ReadMark.objects.filter(person=alice, thread=other).exists()


def test_nothing_is_noted_of_whoever_wants_no_memory_of_it(as_alice, alice, talk):
    alice.remembers_reading = False
    alice.save()

    answer(as_alice, talk, opened(as_alice, talk))

    assert mark_of(alice) is None
