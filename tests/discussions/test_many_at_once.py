"""Counters and numbers are right when many people post at the same moment, each over a connection of their own."""

from __future__ import annotations

import pytest
from django.db.models import Max
from django.test import Client

from discussions.models import Post, ReadMark, Thread
from foundation import search
from tests import make
from tests.discussions import making
from tests.races import at_once

PEOPLE = 6


@pytest.mark.django_db(transaction=True)
def test_posts_that_come_at_the_same_moment_get_numbers_of_their_own_and_are_all_found(alice):
    one, other = making.thread(making.topic(), alice), making.thread(making.topic("The kettle"), alice, subject="Tea")
    people = [make.ambassador(f"Person {number}") for number in range(PEOPLE)]
    clients = [Client() for _ in people]
    for client, person in zip(clients, people, strict=True):
        client.force_login(person)

    def say_in(thread: Thread, number: int) -> int:
        words = {"body": f"<p>Heron number {number} in {thread.subject}.</p>", "shown": "1"}
        return clients[number].post(f"/discussions/{thread.pk}/reply/", words).status_code

    acts = [lambda thread=thread, number=number: say_in(thread, number) for number in range(PEOPLE) for thread in (one, other)]
    answers = [answer for start in (0, PEOPLE) for answer in at_once(*acts[start : start + PEOPLE])]

    assert answers == [302] * 2 * PEOPLE
    for thread in (one, other):
        thread.refresh_from_db()
        posts = Post.objects.filter(thread=thread)
        assert sorted(posts.values_list("number", flat=True)) == list(range(1, PEOPLE + 2))
        assert (thread.last_number, thread.last_post_at) == (PEOPLE + 1, posts.aggregate(newest=Max("posted_at"))["newest"])
        assert set(ReadMark.objects.filter(thread=thread).values_list("person", "number")) == {
            (author, 2 if number == 2 else 1) for author, number in posts.values_list("author", "number")
        }  # nobody but the second had all before their own on the screen
    assert search.search(alice, "heron").total == 2 * PEOPLE
