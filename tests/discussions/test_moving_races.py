"""Splitting, merging and moving while others answer, each on a connection of its own: nothing is lost, refused or counted twice."""

from __future__ import annotations

import pytest

from discussions import workflow
from discussions.models import Post, ReadMark, Thread
from discussions.moderation import moving
from discussions.moderation import workflow as order
from tests import make
from tests.discussions import making
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def fresh(thread):
    return Thread.objects.get(pk=thread.pk)


def errors(results):
    return [one for one in results if isinstance(one, Exception)]


def test_answers_that_come_while_a_thread_is_rearranged_are_all_there(alice, bob):
    """Five rounds: two people answer, one reads, while the host splits, merges and moves."""
    host, topic, kettle = making.host(), making.topic(), making.topic("The kettle")
    for attempt in range(5):
        thread, other = making.thread(topic, alice), making.thread(topic, alice, subject="Lunch")
        making.talk(thread, bob, alice, bob)
        chosen = list(thread.posts.filter(number__in=[2, 4]).values_list("pk", flat=True))
        before = Post.objects.count()
        acts = [
            lambda thread=thread, chosen=chosen: moving.split(thread, chosen, subject="Soup", by=host),
            lambda thread=thread, other=other: moving.merge(fresh(thread), other, by=host),
            lambda thread=thread: moving.move(fresh(thread), kettle, by=host),
        ]
        results = at_once(
            lambda thread=thread: [workflow.reply(thread, by=alice, body=f"A{n}").pk for n in range(3)],
            lambda thread=thread: [workflow.reply(thread, by=bob, body=f"B{n}").pk for n in range(3)],
            acts[attempt % 3],
        )

        assert errors(results) == []
        assert Post.objects.count() == before + 6
        for one in Thread.objects.filter(pk__in=[thread.pk, other.pk]):
            numbers = list(one.posts.order_by("number").values_list("number", flat=True))
            assert (one.status == "merged", numbers == []) in {(True, True), (False, False)}
            assert max(numbers, default=0) <= one.last_number
        # Whoever wrote last has read all of it, wherever it stands now.
        last = Post.objects.order_by("-pk").first()
        assert ReadMark.objects.get(thread=last.thread, person=last.author).number == last.thread.last_number


def test_two_who_merge_two_threads_into_each_other_make_one(alice):
    host, topic = making.host(), making.topic()
    first, second = making.thread(topic, alice), making.thread(topic, alice, subject="Lunch")

    results = at_once(
        lambda: moving.merge(first, second, by=host),
        lambda: moving.merge(second, first, by=host),
    )

    assert [type(error).__name__ for error in errors(results)] == ["TransitionRefused"]
    assert sorted(Thread.objects.values_list("status", flat=True)) == ["merged", "open"]
    assert Thread.objects.get(status="open").posts.count() == 2


def test_hiding_posts_while_they_are_split_off_does_both(alice, bob):
    host, topic = making.host(), making.topic()
    thread = making.thread(topic, alice)
    making.talk(thread, bob, bob, bob)
    posts = list(thread.posts.filter(number__gt=1).select_related("thread__space", "author"))

    results = at_once(
        lambda: moving.split(thread, [post.pk for post in posts], subject="Soup", by=host),
        lambda: [order.hide_post(post, by=host, reason="Soup.") for post in posts],
    )

    assert errors(results) == []
    assert set(Post.objects.filter(thread__subject="Soup").values_list("status", flat=True)) == {"hidden"}


def test_a_lock_lets_an_answer_in_before_it_or_not_at_all(alice):
    host, topic = making.host(), making.topic()
    person = make.ambassador("Carla Costa")
    for _attempt in range(3):
        thread = making.thread(topic, alice)
        answered, locked = at_once(
            lambda thread=thread: workflow.reply(thread, by=person, body="Quick"),
            lambda thread=thread: order.lock(fresh(thread), by=host),
        )

        assert locked is None
        assert thread.posts.count() == (2 if isinstance(answered, Post) else 1)
        assert isinstance(answered, Post | workflow.PostNotTaken)
