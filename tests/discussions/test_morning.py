"""The facilitator's morning page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from discussions.models import Post, Thread
from discussions.morning import morning
from tests import make
from tests.discussions import making

pytestmark = pytest.mark.django_db


def parts_of(client) -> dict[str, list[str]]:
    """What the page shows, by heading."""
    page = client.get(reverse("discussions:morning-detail"))
    return {str(part.title): [line.title for line in part.lines] for part in page.context["parts"]}


def begun(thread: Thread, days: float) -> Thread:
    """Let a thread have begun some days ago."""
    then = timezone.now() - timedelta(days=days)
    Thread.objects.filter(pk=thread.pk).update(started_at=then, last_post_at=then)
    Post.objects.filter(thread=thread).update(posted_at=then)
    return thread


def test_what_nobody_answered_for_two_days_is_listed_oldest_first(client, alice, bob):
    space = making.micro(alice)
    making.join(space, bob)
    for subject, days in (("Three days old", 3), ("Nine days old", 9), ("Of yesterday", 1), ("Of last spring", 90)):
        begun(making.thread(space, bob, subject=subject), days)
    answered = begun(making.thread(space, bob, subject="Answered"), 3)
    making.talk(answered, alice)
    alone = begun(making.thread(space, bob, subject="Bob goes on alone"), 4)
    making.talk(alone, bob)
    client.force_login(alice)

    assert parts_of(client)["Nobody has answered yet"] == ["Nine days old", "Bob goes on alone", "Three days old"]


def test_an_answer_that_was_taken_back_is_none(client, alice, bob):
    space = making.micro(alice)
    making.join(space, bob)
    thread = begun(making.thread(space, bob, subject="Is anybody here?"), 3)
    making.talk(thread, alice)
    Post.objects.filter(thread=thread, author=alice).update(status="withdrawn")
    client.force_login(alice)

    assert parts_of(client)["Nobody has answered yet"] == ["Is anybody here?"]


def test_spaces_of_others_are_not_on_the_page(client, alice, bob, staff):
    making.topic()
    theirs = making.micro(bob, openness="open")
    begun(making.thread(theirs, bob), 5)
    own = making.micro(alice, name="Own ground")
    begun(making.thread(own, alice, subject="My own question"), 5)

    client.force_login(alice)
    assert parts_of(client)["Nobody has answered yet"] == ["My own question"]
    client.force_login(staff)
    assert parts_of(client)["Nobody has answered yet"] == []


def test_first_words_of_newcomers_stand_there_for_two_weeks(client, alice, bob):
    space = making.micro(alice)
    carla, dora = (making.join(space, make.ambassador(name)) for name in ("Carla Costa", "Dora Dorn"))
    making.join(space, bob)
    old = begun(making.thread(space, dora, subject="How we began"), 30)
    thread = making.thread(space, alice, subject="Say hello")
    making.talk(thread, bob, carla, dora, bob)
    client.force_login(alice)

    assert parts_of(client)["First words of newcomers"] == ["2 newcomers in “Say hello”"]
    making.talk(making.thread(space, alice, subject="And you?"), making.join(space, make.ambassador("Emre Ekin")))
    assert parts_of(client)["First words of newcomers"] == ["Emre Ekin in “And you?”", "2 newcomers in “Say hello”"]
    assert old.last_number == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_query_count(client, alice, bob, rows, django_assert_num_queries):
    space = making.micro(alice)
    for number in range(rows):
        person = making.join(space, make.ambassador(f"Friend {number}"))
        begun(making.thread(space, person, subject=f"Question {number}"), 3)
    client.force_login(alice)

    with django_assert_num_queries(2 + len(list(morning))):  # one a source; the two of the support team ask nothing of her
        client.get(reverse("discussions:morning-detail"))
