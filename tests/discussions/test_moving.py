"""Conversations moved, split and merged: addresses and read marks are kept, for each reader and whatever others do meanwhile."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from discussions import workflow
from discussions.models import Follow, ReadMark, Thread
from discussions.moderation import moving
from discussions.words import to_plain
from foundation.models import HistoryEntry, SearchEntry
from foundation.workflow import TransitionRefused
from tests import make
from tests.discussions import asking_making, making

pytestmark = pytest.mark.django_db


@pytest.fixture
def host():
    return making.host()


@pytest.fixture
def topic(host):
    return making.topic()


def talk(space, by, *said, subject="Who pays for the bus?"):
    """A thread of `by`, with its first post and one more for each of `said`."""
    thread = making.thread(space, by, subject=subject, body="Post 1")
    for words in said:
        workflow.reply(thread, by=by, body=words)
    return Thread.objects.get(pk=thread.pk)


def said_in(thread):
    return [(post.number, to_plain(post.body)) for post in thread.posts.order_by("number")]


def marks(thread):
    return dict(ReadMark.objects.filter(thread=thread).values_list("person__name", "number"))


def unread(person, thread):
    """The words of the posts that the page counts as new for somebody."""
    mark = ReadMark.objects.filter(thread=thread, person=person).values_list("number", flat=True).first() or 0
    return [words for number, words in said_in(thread) if number > mark]


def post_of(thread, number):
    return thread.posts.get(number=number)


def test_split_posts_keep_their_addresses_and_their_order(client, host, topic, alice, bob):
    thread = talk(topic, alice, "Bus", "Soup", "Bus again", "More soup")
    soup = [post_of(thread, 3), post_of(thread, 5)]
    new = moving.split(thread, [post.pk for post in soup], subject="What is for lunch?", by=host)
    client.force_login(bob)

    assert said_in(thread) == [(1, "Post 1"), (2, "Bus"), (4, "Bus again")]
    assert said_in(new) == [(1, "Soup"), (2, "More soup")]
    assert (new.started_by, new.started_at, new.last_number) == (alice, soup[0].posted_at, 2)
    assert client.get(soup[1].get_absolute_url())["Location"] == f"{new.get_absolute_url()}#post-2"
    page = client.get(new.get_absolute_url()).content.decode()
    assert (f'href="{thread.get_absolute_url()}"' in page, "More soup" in page) == (True, True)
    assert f'href="{new.get_absolute_url()}"' in client.get(thread.get_absolute_url()).content.decode()


def test_nobody_reads_anything_twice_or_misses_anything_after_a_split(host, topic, alice, bob):
    thread = talk(topic, alice, "Bus", "Soup", "Bus again", "More soup", "Last soup")
    carla, dan = make.ambassador("Carla Costa"), make.ambassador("Dan Dahl")
    for person, number in ((bob, 4), (carla, 2), (dan, 6)):
        workflow.mark_read(thread, by=person, number=number)
    new = moving.split(thread, [post_of(thread, number).pk for number in (3, 5, 6)], subject="Lunch", by=host)

    assert {person.name: (unread(person, thread), unread(person, new)) for person in (alice, bob, carla, dan)} == {
        "Alice Amadi": ([], []),
        "Bob Brandt": ([], ["More soup", "Last soup"]),
        "Carla Costa": (["Bus again"], ["Soup", "More soup", "Last soup"]),
        "Dan Dahl": ([], []),
    }
    # The marks of who had read all that is left say so: nothing is announced as new that went elsewhere.
    thread.refresh_from_db()
    assert (thread.last_number, marks(thread)) == (6, {"Alice Amadi": 6, "Bob Brandt": 6, "Carla Costa": 2, "Dan Dahl": 6})
    post = workflow.reply(thread, by=alice, body="On we go")
    assert (post.number, unread(bob, thread)) == (7, ["On we go"])


def test_a_page_without_its_newest_posts_shows_those_that_are_left(client, host, topic, alice, bob):
    thread = talk(topic, alice, *[f"No {number}" for number in range(2, 24)])
    moving.split(thread, [post_of(thread, number).pk for number in range(19, 24)], subject="Lunch", by=host)
    workflow.mark_read(thread, by=bob, number=23)
    client.force_login(bob)

    assert "No 18" in client.get(thread.get_absolute_url()).content.decode()
    assert "went on in another conversation" in client.get(f"{thread.get_absolute_url()}?from=21").content.decode()


def test_merged_posts_follow_the_others_and_every_address_leads_there(client, host, topic, alice, bob):
    thread, into = talk(topic, alice, "Soup", subject="Lunch"), talk(topic, alice, "Bus")
    soup = post_of(thread, 2)
    earlier = talk(topic, alice, subject="Supper")
    moving.merge(earlier, thread, by=host)
    moving.merge(Thread.objects.get(pk=thread.pk), into, by=host)
    client.force_login(bob)

    assert said_in(into) == [(1, "Post 1"), (2, "Bus"), (3, "Post 1"), (4, "Soup"), (5, "Post 1")]
    into.refresh_from_db()
    assert (into.last_number, Thread.objects.get(pk=thread.pk).status) == (5, "merged")
    assert client.get(soup.get_absolute_url())["Location"] == f"{into.get_absolute_url()}#post-4"
    for gone in (thread, earlier):
        page = client.get(gone.get_absolute_url(), follow=True)
        assert page.redirect_chain[-1][0] == into.get_absolute_url()
    assert "“Lunch” was merged into this conversation." in client.get(into.get_absolute_url()).content.decode()
    # An answer by mail, or from a page that was open, goes on where the conversation has gone.
    assert workflow.reply(thread, by=bob, body="Late soup").thread == into


def test_nobody_reads_anything_twice_or_misses_anything_after_a_merge(host, topic, alice, bob):
    thread, into = talk(topic, host, "Soup", "More soup", subject="Lunch"), talk(topic, host, "Bus")
    people = [alice, bob, *(make.ambassador(name) for name in ("Carla Costa", "Dan Dahl", "Eva Ek"))]
    for person, read, read_there in zip(people, (3, 2, 3, 1, 0), (2, 2, 1, 0, 2), strict=True):
        for one, number in ((thread, read), (into, read_there)):
            if number:
                workflow.mark_read(one, by=person, number=number)
    moving.merge(thread, into, by=host)

    everything = ["Post 1", "Bus", "Post 1", "Soup", "More soup"]
    assert (
        {person.name: unread(person, into) for person in [host, *people]}
        == {
            "Hedda Host": [],
            "Alice Amadi": [],
            "Bob Brandt": ["More soup"],
            "Carla Costa": everything[1:],  # she had not finished the other one: nothing unread counts as read
            "Dan Dahl": everything,
            "Eva Ek": everything[2:],
        }
    )


def test_followers_go_along(host, topic, alice, bob):
    thread, into = talk(topic, alice, "Soup", subject="Lunch"), talk(topic, alice, "Bus")
    Follow.objects.all().delete()
    for person, one, level in ((alice, thread, "every reply"), (bob, thread, "muted"), (bob, into, "digest")):
        Follow.objects.create(person=person, thread=one, level=level)
    new = moving.split(thread, [post_of(thread, 2).pk], subject="Soup", by=host)
    moving.merge(new, into, by=host)

    assert set(Follow.objects.filter(thread=new).values_list("person", "level")) == {(alice.pk, "every reply"), (bob.pk, "muted")}
    assert set(Follow.objects.filter(thread=into).values_list("person", "level")) == {(alice.pk, "every reply"), (bob.pk, "digest")}


def test_a_moved_thread_keeps_its_address_and_is_found_in_its_new_space(client, host, topic, alice, bob):
    thread, other = talk(topic, alice, "Soup"), making.topic("The kettle")
    client.force_login(host)
    client.post(f"/discussions/{thread.pk}/move/", {"space": other.pk})
    client.force_login(bob)
    page = client.get(thread.get_absolute_url()).content.decode()

    assert f'href="{other.get_absolute_url()}"' in page
    assert set(SearchEntry.objects.filter(title=thread.subject).values_list("audience", flat=True)) == {f"space:{other.pk}"}
    assert HistoryEntry.objects.get(verb="moved the conversation").note == "from “Everyday questions” to “The kettle”"


def test_what_was_said_in_a_closed_space_stays_there(host, alice, bob):
    closed = making.micro(alice)
    opened = making.micro(alice, "Summer school", openness="open")
    quiet, loud = talk(closed, alice, "Quiet"), talk(opened, alice, "Loud")
    for act in (
        lambda: moving.move(quiet, opened, by=alice),
        lambda: moving.move(loud, closed, by=alice),
        lambda: moving.merge(quiet, loud, by=alice),
        lambda: moving.merge(loud, quiet, by=alice),
    ):
        with pytest.raises(ValidationError, match="all ambassadors read"):
            act()
    moving.merge(talk(closed, alice, subject="Quieter"), quiet, by=alice)

    assert (quiet.posts.count(), loud.posts.count()) == (3, 2)


def test_only_who_leads_rearranges_and_only_what_has_no_plan_of_its_own(host, topic, alice, bob):
    thread, other = talk(topic, alice, "Soup"), talk(making.micro(bob, openness="open"), bob)
    soup = post_of(thread, 2).pk
    with pytest.raises(PermissionDenied):
        moving.split(thread, [soup], subject="Lunch", by=alice)
    with pytest.raises(PermissionDenied):
        moving.merge(thread, other, by=host)  # she does not lead the other space
    with pytest.raises(PermissionDenied):
        moving.move(thread, other.space, by=host)  # nor may she begin anything there
    with pytest.raises(ValidationError, match="first one stays"):
        moving.split(thread, [post_of(thread, 1).pk, post_of(other, 1).pk], subject="Lunch", by=host)
    Thread.objects.filter(pk=thread.pk).update(kind="prompt")
    with pytest.raises(ValidationError, match="its series hangs on it"):
        moving.split(thread, [soup], subject="Lunch", by=host)
    Thread.objects.filter(pk=thread.pk).update(kind="discussion", status="hidden")
    with pytest.raises(TransitionRefused):
        moving.split(thread, [soup], subject="Lunch", by=host)

    assert Thread.objects.count() == 2


def test_an_open_ask_me_about_is_neither_moved_nor_split_nor_merged_and_says_why(client, host, topic, alice, bob):
    session = asking_making.opened(alice, topic)
    asking_making.ask(session, bob)
    thread, other = session.thread, talk(topic, bob)
    client.force_login(host)

    why = "An Ask Me About stays whole and where it is: its queue and its days hang on it."
    for word in ("move", "split", "merge"):
        url = reverse(f"discussions:thread-{word}", args=[thread.pk])
        for answer in (client.get(url), client.post(url, {"into": other.pk, "subject": "Lunch"})):
            assert (answer.status_code, why in answer.content.decode()) == (403, True)
    for act in (lambda: moving.merge(thread, other, by=host), lambda: moving.merge(other, thread, by=host)):
        with pytest.raises(ValidationError, match="stays whole"):
            act()

    assert [said_in(one)[0][0] for one in (thread, other)] == [1, 1]


def test_the_answer_that_helped_goes_with_its_thread(host, topic, alice):
    thread = making.thread(topic, alice, kind="question", body="How?")
    answer = workflow.reply(thread, by=host, body="Like this.")
    Thread.objects.filter(pk=thread.pk).update(helped=answer)
    into = making.thread(topic, alice, kind="question", subject="How, again?")
    moving.merge(thread, into, by=host)
    into.refresh_from_db()
    assert into.helped == answer
    moving.split(into, [answer.pk], subject="Like this", by=host)

    assert Thread.objects.get(pk=into.pk).helped is None


def test_pages_lead_through_splitting_and_merging(client, host, topic, alice):
    thread, into = talk(topic, alice, "Soup", "Bus"), talk(topic, alice, subject="Lunch")
    client.force_login(host)
    page = client.get(f"/discussions/{thread.pk}/split/?from=2").content.decode()
    soup = post_of(thread, 2)
    assert f'<input type="checkbox" name="posts" value="{soup.pk}" checked>' in page
    refused = client.post(f"/discussions/{thread.pk}/split/", {"subject": "Soup"}).content.decode()
    assert "Choose at least one post." in refused
    client.post(f"/discussions/{thread.pk}/split/", {"subject": "Soup", "posts": [soup.pk]})
    new = Thread.objects.get(subject="Soup")
    client.post(f"/discussions/{new.pk}/merge/", {"address": f"http://testserver{into.get_absolute_url()}"})

    assert said_in(into) == [(1, "Post 1"), (2, "Soup")]
    assert said_in(thread) == [(1, "Post 1"), (3, "Bus")]


@pytest.mark.parametrize("rows", [1, 3])
def test_split_page_query_count(client, host, topic, alice, rows, django_assert_num_queries):
    thread = talk(topic, alice, *[f"No {number}" for number in range(rows)])
    client.force_login(host)
    client.get(f"/discussions/{thread.pk}/split/")

    with django_assert_num_queries(5):
        client.get(f"/discussions/{thread.pk}/split/")
