"""The page of the morning, where it speaks of newcomers, of their buddies and of pairs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from ambassadors.models import Ambassador
from discussions.models import Post
from discussions.workflow import start_private_thread
from tests import make
from tests.discussions import making
from tests.welcome import looking
from welcome.models import Buddy, BuddyMatch, LookPair
from welcome.morning import buddies, newcomers, pairs

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def newcomer(name: str, days: int = 10):
    return make.ambassador(name, joined_at=timezone.now() - timedelta(days=days))


def said(space, person, subject: str, hours: float = 60):
    thread = making.thread(space, person, subject=subject)
    Post.objects.filter(thread=thread).update(posted_at=timezone.now() - hours * HOUR)
    return thread


def titles(client, heading: str) -> list[str] | None:
    page = client.get(reverse("discussions:morning-detail"))
    parts = {str(part.title): [line.title for line in part.lines] for part in page.context["parts"]}
    return parts.get(heading)


WAIT, BUDDIES, PAIRS = "Newcomers whose first words wait", "Newcomers who wait for their buddy", "Pairs without an answer"


def test_newcomers_whom_nobody_answered_for_two_days_are_listed_the_longest_waiting_first(client, alice):
    """Not whoever was answered, joined long ago, spoke an hour ago, or has said nothing at all."""
    space = making.micro(alice, openness="open")
    people = {name: making.join(space, newcomer(name)) for name in ("Ada Ash", "Ben Birk", "Cyd Cole", "Dan Dow", "Eve Elm")}
    said(space, people["Ada Ash"], "Where do I begin?", 50)
    said(space, people["Ben Birk"], "Good morning", 90)
    said(space, people["Cyd Cole"], "Just now", 47)
    making.talk(said(space, people["Dan Dow"], "Answered", 90), alice)
    said(space, making.join(space, newcomer("Old Olga", days=61)), "Here for long", 90)
    client.force_login(alice)

    assert titles(client, WAIT) == ["Ben Birk in “Good morning”", "Ada Ash in “Where do I begin?”"]


def test_only_first_words_count_and_private_ones_are_nobodys_business(client, alice, bob):
    space = making.micro(alice, openness="open")
    ada = making.join(space, newcomer("Ada Ash"))
    start_private_thread(by=ada, to=bob, subject="Hello", body="Between us.")
    first = said(space, ada, "First", 100)
    said(space, ada, "Second", 90)
    client.force_login(alice)
    assert titles(client, WAIT) == ["Ada Ash in “First”"]

    making.talk(first, ada)  # she goes on alone: nobody has answered
    assert titles(client, WAIT) == ["Ada Ash in “First”"]
    making.talk(first, alice)
    assert titles(client, WAIT) == []


def test_a_facilitator_reads_of_their_own_spaces_alone(client, alice, bob, staff):
    space = making.micro(bob, openness="open")
    said(space, making.join(space, newcomer("Ada Ash")), "Good morning")
    making.micro(alice, "Another ground")
    client.force_login(alice)
    assert titles(client, WAIT) == []

    client.force_login(staff)  # staff lead topics: where there is none, nothing but their own duties
    assert titles(client, WAIT) is None


def a_match(name: str, **dates) -> BuddyMatch:
    buddy, _made = Buddy.objects.get_or_create(person=Ambassador.objects.get(slug="alice-amadi").user)
    now = timezone.now()
    fields = {"status": "welcomed", "welcomed_at": now - timedelta(days=9), "reminded_at": now - timedelta(days=5)}
    return BuddyMatch.objects.create(newcomer=newcomer(name), buddy=buddy, **fields | dates)


def test_the_support_team_reads_which_newcomers_wait_for_their_buddy(client, alice, staff):
    now = timezone.now()
    a_match("Ada Ash", offered_at=now - timedelta(days=1))
    a_match("Ben Birk", offered_at=now - timedelta(days=2))
    a_match("Cyd Cole")  # reminded, and not laid before the team yet
    a_match("Dan Dow", offered_at=now, status="together")
    making.micro(alice)

    client.force_login(staff)
    assert titles(client, BUDDIES) == ["Ben Birk, with Alice Amadi", "Ada Ash, with Alice Amadi"]
    client.force_login(alice)
    assert titles(client, BUDDIES) is None


@pytest.mark.parametrize("number", [1, 3])
def test_each_part_costs_one_query(alice, staff, number, django_assert_num_queries):
    space = making.micro(alice, openness="open")
    for place in range(number):
        said(space, making.join(space, newcomer(f"New {place}")), f"Question {place}")
        a_match(f"Newer {place}", offered_at=timezone.now())

    with django_assert_num_queries(1):
        assert len(newcomers.part(alice).lines) == number
    with django_assert_num_queries(1):
        assert len(buddies.part(staff).lines) == number


def test_pairs_without_an_answer_are_shown_to_who_runs_the_look(client, alice, bob, staff):
    """Once they were reminded, or the day is near; not those who have sent, nor those with a week left."""
    due = timezone.localdate() + timedelta(days=2)
    looking.pair(staff, alice, bob, title="Soon", due_on=due)
    looking.pair(staff, newcomer("Ada Ash"), newcomer("Ben Birk"), title="Weeks away", due_on=due + timedelta(days=20))
    reminded = looking.pair(staff, newcomer("Cyd Cole"), newcomer("Dan Dow"), title="Reminded", due_on=due + timedelta(days=8))
    LookPair.objects.filter(pk=reminded.pk).update(reminded_at=timezone.now())
    looking.sent(staff, newcomer("Eve Elm"), newcomer("Fox Fern"))

    client.force_login(staff)
    assert titles(client, PAIRS) == ["Alice Amadi and Bob Brandt, on “Soon”", "Cyd Cole and Dan Dow, on “Reminded”"]
    with CaptureQueriesContext(connection) as asked:
        pairs.part(staff)
    assert len(asked) == 1
    making.micro(alice)
    client.force_login(alice)
    assert titles(client, PAIRS) is None
