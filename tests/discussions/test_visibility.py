"""Who sees which space, thread and post: the querysets that everything else reads through."""

from __future__ import annotations

import pytest

from ambassadors.models import User
from discussions.models import Participant, Post, Space, SpaceRequest, Thread
from tests import make
from tests.discussions import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(alice, bob):
    """By name: who is what beside the spaces of the test."""
    return {
        "leader": alice,
        "advisor": bob,
        "outsider": make.ambassador("Olga Outside"),
        "staff": make.person("Stef Staff", is_staff=True),
        "superuser": User.objects.create_superuser("root@people.example.org", "a long enough password", name="Root"),
        "alumnus": make.ambassador("Alma Alumna", status="alumni"),
    }


def who(people, rows, wanted) -> set[str]:
    """The names of those for whom `wanted` is among the rows that they get."""
    return {name for name, person in people.items() if wanted in rows(person)}


@pytest.mark.parametrize(
    ("openness", "known_to", "read_by"),
    [
        ("open", {"leader", "advisor", "outsider", "staff", "superuser"}, {"leader", "advisor", "outsider", "staff", "superuser"}),
        ("closed", {"leader", "advisor", "outsider", "staff", "superuser"}, {"leader", "advisor"}),
        ("hidden", {"leader", "advisor"}, {"leader", "advisor"}),
    ],
)
def test_a_micro_community_is_known_and_read(people, openness, known_to, read_by):
    space = making.micro(people["leader"], openness=openness)
    making.join(space, people["advisor"], "advisor")
    thread = making.thread(space, people["leader"])
    post = Post.objects.get(thread=thread)

    assert who(people, Space.objects.visible_to, space) == known_to
    assert who(people, Space.objects.read_by, space) == read_by
    assert who(people, Thread.objects.visible_to, thread) == read_by
    assert who(people, Post.objects.visible_to, post) == read_by


def test_an_invitation_makes_a_hidden_space_known_and_no_more(people):
    space = making.micro(people["leader"], openness="hidden")
    thread = making.thread(space, people["leader"])
    SpaceRequest.objects.create(space=space, person=people["outsider"], is_invitation=True, invited_by=people["leader"])

    assert who(people, Space.objects.visible_to, space) == {"leader", "outsider"}
    assert who(people, Thread.objects.visible_to, thread) == {"leader"}


def test_the_support_team_leads_topics_and_leaders_their_micro_communities(people):
    topic, micro = making.topic(), making.micro(people["leader"], openness="open")

    assert who(people, Space.objects.led_by, topic) == {"staff", "superuser"}
    assert who(people, Space.objects.led_by, micro) == {"leader"}


def test_a_thread_in_preparation_is_for_those_who_sit_in_it(people):
    topic = making.topic()
    thread = making.thread(topic, people["leader"], status="preparing")
    Participant.objects.create(thread=thread, person=people["outsider"], seat=2)

    assert who(people, Thread.objects.visible_to, thread) == {"leader", "outsider"}
    assert list(Thread.objects.visible_to(people["leader"]).listed()) == []


def test_a_hidden_thread_is_for_those_who_lead_its_space(people):
    thread = making.thread(making.topic(), people["leader"])
    Thread.objects.filter(pk=thread.pk).update(status="hidden")

    assert who(people, Thread.objects.visible_to, thread) == {"staff", "superuser"}


@pytest.mark.parametrize(
    ("status", "readers"),
    [
        ("shown", {"leader", "advisor", "outsider", "staff", "superuser"}),
        ("hidden", {"advisor", "staff", "superuser"}),
        ("withdrawn", {"advisor"}),
    ],
)
def test_a_post_that_is_not_shown_keeps_its_place_and_loses_its_readers(people, status, readers):
    thread = making.thread(making.topic(), people["leader"])
    making.talk(thread, people["advisor"])
    Post.objects.filter(thread=thread, number=2).update(status=status)
    post = Post.objects.get(thread=thread, number=2)

    assert who(people, Post.objects.visible_to, post) == readers
    assert who(people, Post.objects.placed_for, post) == {"leader", "advisor", "outsider", "staff", "superuser"}


def test_whoever_loses_their_role_loses_the_space_at_once(people):
    space = making.micro(people["leader"])
    making.join(space, people["advisor"])
    thread = making.thread(space, people["leader"])
    space.roles.filter(person=people["advisor"]).delete()

    assert who(people, Thread.objects.visible_to, thread) == {"leader"}
