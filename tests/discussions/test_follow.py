"""How much one hears of threads and spaces: saying so, and the list of all of it."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from discussions.following.workflow import follow
from discussions.models import Follow
from tests import make
from tests.discussions import making

pytestmark = pytest.mark.django_db

LIST = "/settings/follows/"


@pytest.fixture
def topic(db):
    return making.topic()


@pytest.fixture
def talked(topic, alice):
    """A thread of Alice's."""
    return making.thread(topic, alice)


def follows_of(person) -> list[tuple]:
    return list(Follow.objects.visible_to(person).order_by("pk").values_list("thread", "space", "level"))


def test_one_follows_what_one_begins_and_what_one_answers(talked, alice, bob):
    making.talk(talked, bob, bob)

    assert follows_of(alice) == [(talked.pk, None, "every reply")]
    assert follows_of(bob) == [(talked.pk, None, "every reply")]


@pytest.mark.parametrize(
    ("of_thread", "of_space", "then"), [("mentions", "", "mentions"), ("", "muted", None), ("", "digest", "every reply")]
)
def test_what_one_said_before_stands_when_one_answers(topic, talked, bob, of_thread, of_space, then):
    follow(talked, by=bob, level=of_thread)
    follow(topic, by=bob, level=of_space)

    making.talk(talked, bob)

    assert Follow.objects.filter(thread=talked, person=bob).values_list("level", flat=True).first() == then


def test_a_private_thread_needs_no_row(thread, alice, bob):
    assert follows_of(alice) == follows_of(bob) == []


def test_the_level_is_chosen_on_the_page_and_changed_again(client, talked, bob):
    client.force_login(bob)
    url = reverse("discussions:thread-follow", args=[talked.pk])

    first = client.post(url, {"level": "every reply"})
    client.post(url, {"level": "muted"})

    assert first.headers["Location"] == talked.get_absolute_url()
    assert follows_of(bob) == [(talked.pk, None, "muted")]
    client.post(url, {"level": ""})
    assert follows_of(bob) == []


def test_a_level_that_does_not_exist_is_refused(client, talked, bob):
    client.force_login(bob)

    assert client.post(reverse("discussions:thread-follow", args=[talked.pk]), {"level": "shouting"}).status_code == 403
    assert follows_of(bob) == []


def test_nobody_follows_what_they_cannot_read(bob, alice):
    closed = making.micro(alice)

    for thing in (closed, making.thread(closed, alice)):
        with pytest.raises(PermissionDenied):
            follow(thing, by=bob, level="every reply")


@pytest.mark.parametrize(
    ("of_thread", "of_space", "shown"),
    [
        ("", "", "Follow"),
        ("", "every reply", "You hear: every reply by mail"),
        ("muted", "every reply", "You hear: nothing, even when somebody names you"),
        ("digest", "", "You hear: together, in your digest"),
    ],
)
def test_the_page_says_what_one_hears(client, topic, talked, bob, of_thread, of_space, shown):
    follow(talked, by=bob, level=of_thread)
    follow(topic, by=bob, level=of_space)
    client.force_login(bob)

    page = client.get(talked.get_absolute_url()).content.decode()

    summary = page.partition("follow__summary")[2].partition("<span>")[2].partition("</summary>")[0]
    assert " ".join(re.sub(r"<[^>]+>", " ", summary).split()).removesuffix(" (as of the whole space)") == shown


def test_a_private_thread_can_be_muted_on_its_page(client, thread, bob):
    client.force_login(bob)

    page = client.get(thread.get_absolute_url()).content.decode()

    assert 'value="muted"' in page
    assert 'value="mentions"' not in page


def test_the_list_names_what_can_be_read_and_lets_the_rest_go(client, alice, bob, topic, talked):
    closed = making.micro(alice, name="Closed garden")
    making.join(closed, bob)
    inside = making.thread(closed, alice, subject="Inside the garden")
    for thing in (topic, talked, closed, inside):
        follow(thing, by=bob, level="every reply")
    closed.roles.filter(person=bob).delete()
    client.force_login(bob)

    page = client.get(LIST)

    assert [(line.title, line.url != "") for line in page.context["lines"]] == [
        ("A conversation that you can no longer read", False),
        ("A space that you can no longer read", False),
        (talked.subject, True),
        (topic.name, True),
    ]
    assert "garden" not in page.content.decode().lower()
    client.post(reverse("discussions:follow-stop", args=[page.context["lines"][0].pk]))
    assert follows_of(bob)[-1] == (None, closed.pk, "every reply")


def test_the_list_is_paged(client, topic, bob, monkeypatch):
    monkeypatch.setattr("discussions.following.listing.A_PAGE", 3)
    person = make.ambassador("Dora Dorn")
    for number in range(4):
        follow(making.thread(topic, person, subject=f"Subject {number}"), by=bob, level="digest")
    client.force_login(bob)

    first = client.get(LIST)
    second = client.get(LIST + first.context["next_url"])

    assert [line.title for line in second.context["lines"]] == ["Subject 0"]
    assert second.context["next_url"] == ""


@pytest.mark.parametrize("rows", [1, 3])
def test_list_query_count(client, topic, bob, rows, django_assert_num_queries):
    for number in range(rows):
        follow(making.thread(topic, make.ambassador(f"Friend {number}")), by=bob, level="digest")
    follow(topic, by=bob, level="digest")
    client.force_login(bob)

    with django_assert_num_queries(6):
        client.get(LIST)
