"""Followers are told of each post by mail: who, once, and only while they may read it and want to."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from correspondence import due, outbox, preferences
from correspondence.models import OutgoingMail, WaitingDigest
from correspondence.waiting import context_of
from discussions import workflow
from discussions.following import fanout
from discussions.following.workflow import follow
from discussions.models import Follow, Mention, Participant, Post, Thread
from discussions.signals import people_named, thread_opened
from foundation.desk import cards_for
from foundation.models import Community
from tests import make
from tests.discussions import making
from tests.races import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic(db):
    return making.topic()


@pytest.fixture
def talked(topic, alice):
    """A thread of Alice's, of which everybody who wanted to was told."""
    return told(making.thread(topic, alice))


@pytest.fixture
def say(django_capture_on_commit_callbacks):
    """Let somebody answer, and workers do what is to be done then."""

    def said(thread, by, body="Here is one thing.", **fields) -> Post:
        with django_capture_on_commit_callbacks(execute=True):
            return workflow.reply(thread, by=by, body=body, **fields)

    return said


def told(thread: Thread) -> Thread:
    Post.objects.filter(thread=thread).update(told_at=timezone.now())
    return thread


def readers(mails) -> list[str]:
    return sorted(mail.to[0] for mail in mails)


def follows(thing, level, *people) -> None:
    for person in people:
        follow(thing, by=person, level=level)


def test_followers_get_what_is_said_and_its_author_does_not(mailoutbox, say, talked, alice, bob):
    say(talked, bob)

    (mail,) = mailoutbox
    assert mail.to == [alice.email]
    assert mail.subject == "Re: What worked this week"
    assert Post.objects.get(number=2).told_at is not None


@pytest.mark.parametrize(
    ("of_thread", "of_space", "states"),
    [
        ("every reply", "", ["sent"]),
        ("", "every reply", ["sent"]),
        ("muted", "every reply", []),
        ("every reply", "muted", ["sent"]),
        ("digest", "", []),
        ("", "digest", []),
        ("mentions", "every reply", []),
        ("", "", []),
    ],
)
def test_what_one_said_of_the_thread_stands_before_what_one_said_of_its_space(
    say, topic, talked, alice, bob, of_thread, of_space, states
):
    reader = make.ambassador("Dora Dorn")
    follow(talked, by=reader, level=of_thread)
    follow(topic, by=reader, level=of_space)

    say(talked, bob)

    assert list(OutgoingMail.objects.filter(person=reader).values_list("state", flat=True)) == states


def test_the_mail_of_the_next_morning_has_a_line_about_each(mailoutbox, say, talked, bob, django_capture_on_commit_callbacks):
    reader = make.ambassador("Dora Dorn")
    Community.objects.update_or_create(pk=1, defaults={"mails_a_day": 0})
    follow(talked, by=reader, level="every reply")
    say(talked, bob)
    del mailoutbox[:]
    WaitingDigest.objects.filter(person=reader).update(due_at=timezone.now())
    with django_capture_on_commit_callbacks(execute=True):
        due.post_all()

    (digest,) = mailoutbox
    assert digest.to == [reader.email]
    assert "Re: What worked this week" in digest.body
    assert Post.objects.get(number=2).get_absolute_url() in digest.body


def test_several_posts_of_a_conversation_are_one_line_of_the_digest_with_their_number(mailoutbox, say, talked, topic, alice, bob):
    reader = make.ambassador("Dora Dorn")
    Community.objects.update_or_create(pk=1, defaults={"mails_a_day": 0})
    follow(topic, by=reader, level="every reply")
    for _number in range(3):
        say(talked, bob)
    say(making.thread(topic, alice, subject="Another matter"), bob)
    del mailoutbox[:]
    told = OutgoingMail.objects.create(person=reader, kind="waiting", key="told")
    OutgoingMail.objects.filter(person=reader, state="waiting").update(state="in digest", told_in=told)

    lines = [(line.subject, line.number, line.url.rpartition("/discussions/")[2]) for line in context_of(told)["lines"]]

    first, other = Post.objects.get(number=2, thread=talked), Post.objects.get(number=2, thread__subject="Another matter")
    assert [(line[0], line[1]) for line in lines] == [("Re: What worked this week", 3), ("Re: Another matter", 1)]
    assert [line[2] for line in lines] == [one.get_absolute_url().partition("/discussions/")[2] for one in (first, other)]
    outbox.deliver(told.pk)
    assert "* Re: What worked this week (3 of them)\n" in mailoutbox[0].body


@pytest.mark.parametrize(
    ("openness", "expected"), [("open", ["Dora Dorn", "Nora Nobody"]), ("closed", ["Dora Dorn"]), ("hidden", ["Dora Dorn"])]
)
def test_only_those_who_can_read_the_space_are_told(say, alice, bob, openness, expected):
    space = making.micro(alice, openness=openness)
    making.join(space, bob)
    dora, nora = making.join(space, make.ambassador("Dora Dorn")), make.ambassador("Nora Nobody")
    gone = making.join(space, make.ambassador("Gina Gone", status="alumni"))
    for person in (dora, nora, gone):
        Follow.objects.create(space=space, person=person, level="every reply")  # as it was before they lost their role
    thread = told(making.thread(space, bob))
    Follow.objects.filter(person=alice).delete()

    say(thread, alice)

    names = OutgoingMail.objects.filter(kind="thread_post").exclude(person=bob).values_list("person__name", flat=True)
    assert sorted(names) == expected


def test_run_twice_it_tells_once(mailoutbox, talked, bob, django_capture_on_commit_callbacks):
    workflow.reply(talked, by=bob, body="Once.")
    post = Post.objects.get(number=2)

    with django_capture_on_commit_callbacks(execute=True):
        assert [fanout.tell(post.pk), fanout.tell(post.pk)] == [1, 0]
        Post.objects.filter(pk=post.pk).update(told_at=None)  # as if it had been forgotten
        assert fanout.tell(post.pk) == 0

    assert len(mailoutbox) == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_tell_once(alice, bob, mailoutbox):
    thread = told(making.thread(making.topic(), alice))
    post = Post.objects.create(thread=thread, number=2, author=bob, body="<p>Once.</p>")

    assert sorted(at_once(lambda: fanout.tell(post.pk), lambda: fanout.tell(post.pk))) == [0, 1]
    assert OutgoingMail.objects.count() == 1


def test_the_clock_finds_what_no_worker_was_told_of(talked, alice, bob):
    now = timezone.now()
    making.talk(talked, bob, bob)
    Thread.objects.update(started_at=now - timedelta(days=90))
    Post.objects.filter(number=2).update(posted_at=now - timedelta(days=8))

    assert fanout.sweep() == 1
    assert list(OutgoingMail.objects.values_list("person__name", "about")) == [
        (alice.name, {"post": Post.objects.get(number=3).pk})
    ]
    assert list(fanout.posts_to_tell()) == []


def test_a_thread_in_preparation_is_told_of_when_it_opens(mailoutbox, topic, alice, bob, django_capture_on_commit_callbacks):
    follow(topic, by=bob, level="every reply")
    thread = making.thread(topic, alice, status="preparing", body="The question.")
    carla = make.ambassador("Carla Costa")
    Participant.objects.create(thread=thread, person=carla, seat=2)
    making.talk(thread, carla)
    Post.objects.update(posted_at=timezone.now() - timedelta(days=20))
    assert fanout.sweep() == 0

    with django_capture_on_commit_callbacks(execute=True):
        Thread.objects.filter(pk=thread.pk).update(status="open", started_at=timezone.now())
        thread_opened.send(Thread, thread=Thread.objects.get(pk=thread.pk))

    assert [mail.subject for mail in mailoutbox if mail.to == [bob.email]] == ["What worked this week", "Re: What worked this week"]


@pytest.mark.parametrize(
    "change",
    [
        lambda post, reader: Post.objects.filter(pk=post.pk).update(status="hidden"),
        lambda post, reader: Post.objects.filter(pk=post.pk).update(status="withdrawn"),
        lambda post, reader: Thread.objects.filter(pk=post.thread_id).update(status="hidden"),
        lambda post, reader: follow(post.thread, by=reader, level="muted"),
        lambda post, reader: follow(post.thread, by=reader, level="mentions"),
        lambda post, reader: Follow.objects.visible_to(reader).delete(),
        lambda post, reader: post.thread.space.roles.filter(person=reader).delete(),
        lambda post, reader: type(reader.ambassador).objects.filter(user=reader).update(status="alumni"),
        lambda post, reader: preferences.choose(reader, "thread_post", wanted=False),
    ],
    ids=["hidden", "withdrawn", "thread hidden", "muted", "mentions", "not followed", "lost access", "left", "switched off"],
)
def test_it_is_asked_again_when_it_is_sent(mailoutbox, alice, bob, change):
    space = making.micro(alice)
    making.join(space, bob)
    thread = told(making.thread(space, bob))
    making.talk(thread, alice)
    post = Post.objects.get(number=2)
    fanout.tell(post.pk)
    (mail,) = OutgoingMail.objects.filter(person=bob)

    change(post, bob)
    outbox.deliver(mail.pk)

    mail.refresh_from_db()
    assert (mail.state, list(mailoutbox)) == ("unwanted", [])


def test_three_hundred_followers_cost_as_many_queries_as_three(topic, talked, bob):
    counts = []
    for number in (3, 297):
        many = make.members(number)
        Follow.objects.bulk_create([Follow(space=topic, person=person, level="every reply") for person in many])
        with CaptureQueriesContext(connection) as saying:
            making.talk(talked, bob)
        with CaptureQueriesContext(connection) as telling:
            told_now = fanout.tell(Post.objects.latest("pk").pk)
        counts.append((told_now, len(telling), len(saying)))

    assert [count[:2] for count in counts] == [(4, 8), (301, 8)]
    assert counts[0][2] == counts[1][2]  # whoever says something waits for none of it
    assert OutgoingMail.objects.filter(kind="thread_post", about__post=Post.objects.latest("pk").pk).count() == 301


def test_who_is_named_is_told_at_once_and_in_one_mail(mailoutbox, say, topic, talked, alice, bob):
    dora = make.ambassador("Dora Dorn")
    follow(topic, by=dora, level="every reply")

    say(talked, bob, body="@Dora Dorn knows, and @Alice Amadi asked.")

    assert {mail.to[0]: mail.body.splitlines()[0] for mail in mailoutbox} == {
        dora.email: "Bob Brandt named you in “Everyday questions”:",
        alice.email: "Bob Brandt named you in “Everyday questions”:",
    }


def test_whoever_muted_it_is_not_told_when_named(mailoutbox, say, talked, bob):
    dora = make.ambassador("Dora Dorn")
    follow(talked, by=dora, level="muted")

    say(talked, bob, body="Ask @Dora Dorn.")

    assert Mention.objects.filter(person=dora).count() == 1
    assert [mail for mail in mailoutbox if mail.to == [dora.email]] == []


def test_whoever_wants_no_mail_when_named_gets_it_as_a_follower(say, talked, alice, bob):
    preferences.choose(alice, "mention", wanted=False)

    say(talked, bob, body="As @Alice Amadi said.")

    assert sorted(OutgoingMail.objects.values_list("person__name", "kind", "state")) == [
        ("Alice Amadi", "mention", "unwanted"),
        ("Alice Amadi", "thread_post", "sent"),
    ]


def test_an_edit_that_names_somebody_tells_them_once(mailoutbox, talked, alice, bob, django_capture_on_commit_callbacks):
    post = Post.objects.get(number=1)
    Mention.objects.create(post=post, person=bob)

    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            people_named.send(Post, post=post, thread=talked, people=[bob])

    assert readers(mailoutbox) == [bob.email]


def test_a_muted_private_thread_sends_no_mail_that_was_waiting(mailoutbox, thread, alice, bob):
    (mail,) = OutgoingMail.objects.filter(person=bob)
    follow(thread, by=bob, level="muted")

    outbox.deliver(mail.pk)

    mail.refresh_from_db()
    assert mail.state == "unwanted"


@pytest.fixture(autouse=True)
def many_mails_a_day(db):
    Community.objects.update_or_create(pk=1, defaults={"name": "Riverside Circle", "mails_a_day": 50})


def test_whoever_is_named_finds_it_on_the_desk_until_they_answer(talked, bob):
    dora = make.ambassador("Dora Dorn")
    making.talk(talked, bob)
    workflow.reply(talked, by=bob, body="@Dora Dorn knows.")

    (card,) = [card for card in cards_for(dora) if card.title == "Bob Brandt named you"]
    assert (card.text, card.url) == ("In the conversation “What worked this week”.", Post.objects.get(number=3).get_absolute_url())
    making.talk(talked, dora)
    assert [card for card in cards_for(dora) if card.title == "Bob Brandt named you"] == []
