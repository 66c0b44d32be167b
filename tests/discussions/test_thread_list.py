"""Lists of threads: what one finds in them, in which order, what is new, and what they cost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from discussions import workflow
from discussions.models import Follow, Thread
from discussions.paging import THREADS_A_PAGE
from discussions.threads.listing import threads_of_space
from tests import make
from tests.discussions import making

LIST = "/discussions/"


@pytest.fixture
def as_bob(client, bob):
    client.force_login(bob)
    return client


def subjects(page) -> list[str]:
    return [line.subject for line in page.context["threads"].lines]


@pytest.fixture
def talk(alice, bob):
    """Threads in a topic and in three micro-communities of Alice's; what Bob sees of them depends on who reads what."""
    topic, open_one = making.topic(), making.micro(alice, name="Spring school", openness="open")
    closed, hidden = making.micro(alice, name="Autumn school"), making.micro(alice, name="Night school", openness="hidden")
    for number, (space, kind) in enumerate(
        [(topic, "discussion"), (topic, "question"), (open_one, "discussion"), (closed, "discussion"), (hidden, "question")]
    ):
        thread = making.thread(space, alice, subject=f"{space.name} {kind}", kind=kind)
        Thread.objects.filter(pk=thread.pk).update(last_post_at=timezone.now() - timedelta(hours=number))
    workflow.start_private_thread(by=alice, to=bob, subject="Between us", body="Hm?")
    return topic


def test_the_list_has_what_one_may_read_the_latest_first(as_bob, talk):
    assert subjects(as_bob.get(LIST)) == [
        "Everyday questions discussion",
        "Everyday questions question",
        "Spring school discussion",
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?space=spring-school", ["Spring school discussion"]),
        ("?space=autumn-school", []),
        ("?space=night-school&kind=question", []),
        ("?space=nowhere", []),
        ("?kind=question", ["Everyday questions question"]),
        ("?kind=question&space=spring-school", []),
        ("?kind=private", ["Everyday questions discussion", "Everyday questions question", "Spring school discussion"]),
        ("?show=mine", ["Everyday questions question"]),
        ("?show=following", ["Everyday questions question", "Spring school discussion"]),
        ("?show=unread", ["Everyday questions discussion", "Spring school discussion"]),
        ("?show=everything", ["Everyday questions discussion", "Everyday questions question", "Spring school discussion"]),
    ],
)
def test_one_can_ask_for_a_part_of_it(as_bob, bob, talk, query, found):
    question, spring = (
        Thread.objects.get(subject="Everyday questions question"),
        Thread.objects.get(subject="Spring school discussion"),
    )
    at = question.last_post_at
    workflow.reply(question, by=bob, body="I know.")  # which is also the newest that he has read
    Thread.objects.filter(pk=question.pk).update(last_post_at=at)
    Follow.objects.filter(person=bob).delete()
    Follow.objects.create(person=bob, thread=question, level=Follow.Level.DIGEST)
    Follow.objects.create(person=bob, space=spring.space)
    Follow.objects.create(person=bob, space=talk)
    Follow.objects.create(person=bob, thread=Thread.objects.get(subject="Everyday questions discussion"), level=Follow.Level.MUTED)

    assert subjects(as_bob.get(LIST + query)) == found


def test_new_is_said_to_those_alone_who_let_their_reading_be_remembered(client, bob, alice, talk):
    thread = Thread.objects.get(subject="Spring school discussion")
    workflow.mark_read(thread, by=bob, number=1)
    making.talk(thread, alice, alice)
    client.force_login(bob)
    marks = {line.subject: (line.is_unread, line.new) for line in client.get(LIST).context["threads"].lines}
    bob.remembers_reading = False
    bob.save()
    page = client.get(LIST)

    assert marks["Spring school discussion"] == (True, 2)
    assert marks["Everyday questions discussion"] == (True, 0)
    assert {line.is_unread for line in page.context["threads"].lines} == {False}
    assert [segment.label for segment in page.context["segments"]] == ["All", "Followed", "Mine"]


def test_a_line_names_who_began_who_spoke_last_and_what_came_of_it(as_bob, bob, alice, talk):
    thread = Thread.objects.get(subject="Everyday questions question")
    post = workflow.reply(thread, by=bob, body="I know.")
    Thread.objects.filter(pk=thread.pk).update(helped=post)

    line = as_bob.get(LIST, {"kind": "question"}).context["threads"].lines[0]

    assert (line.starter, line.last_name, line.answers, line.has_helped, line.space) == (
        "Alice Amadi",
        "Bob Brandt",
        1,
        True,
        "Everyday questions",
    )


def test_hidden_prepared_and_merged_threads_stand_in_no_list(client, alice, talk):
    for status in ("hidden", "preparing", "merged"):
        making.thread(talk, alice, subject=status)
        Thread.objects.filter(subject=status).update(status=status)
    client.force_login(making.host())

    assert subjects(client.get(LIST, {"space": talk.slug})) == ["Everyday questions discussion", "Everyday questions question"]


def test_pinned_threads_are_first_in_their_own_space_alone(as_bob, bob, talk):
    Thread.objects.filter(subject="Everyday questions question").update(pinned_at=timezone.now())

    assert subjects(as_bob.get(LIST, {"space": talk.slug})) == ["Everyday questions question", "Everyday questions discussion"]
    assert subjects(as_bob.get(LIST))[0] == "Everyday questions discussion"
    lines = threads_of_space(bob, talk).lines
    assert [(line.subject, line.is_pinned) for line in lines] == [
        ("Everyday questions question", True),
        ("Everyday questions discussion", False),
    ]


def test_a_space_that_one_may_not_read_has_no_lines(alice, bob, talk):
    closed = Thread.objects.get(subject="Autumn school discussion").space

    assert threads_of_space(bob, closed).lines == []
    assert len(threads_of_space(alice, closed).lines) == 1


def test_the_list_is_paged_by_key(as_bob, bob, alice):
    topic, now = making.topic(), timezone.now()
    for number in range(THREADS_A_PAGE + 2):
        thread = making.thread(topic, alice, subject=f"Subject {number}")
        Thread.objects.filter(pk=thread.pk).update(last_post_at=now - timedelta(minutes=number // 2))
    first = as_bob.get(LIST, {"space": topic.slug})

    second = as_bob.get(LIST + first.context["threads"].next_url)
    on_its_own_page = threads_of_space(bob, topic)

    shown = [line.pk for page in (first, second) for line in page.context["threads"].lines]
    assert shown == list(Thread.objects.newest_first().values_list("pk", flat=True))
    assert second.context["threads"].next_url == ""
    assert on_its_own_page.next_url.startswith("?after=")
    assert [
        line.pk
        for line in threads_of_space(
            bob, topic, after=first.context["threads"].next_query.rpartition("=")[2].replace("%3A", ":").replace("%2B", "+")
        ).lines
    ] == shown[THREADS_A_PAGE:]


@pytest.mark.row("R31")
@pytest.mark.parametrize("query", ["", "?space=everyday-questions&show=mine", "?show=following&kind=question", "?show=unread"])
@pytest.mark.parametrize("rows", [1, 3])
def test_list_query_count(as_bob, bob, alice, rows, query, django_assert_num_queries):
    topic = making.topic()
    for number in range(rows):
        thread = making.thread(topic, make.ambassador(f"Friend {number}"), kind="question")
        workflow.reply(thread, by=bob, body="Yes.")

    with django_assert_num_queries(5 + ("space=" in query)):
        as_bob.get(LIST + query)


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("", "Nothing has been said yet"),
        ("?show=mine", "You have not said anything here yet"),
        ("?show=unread", "Nothing new"),
        ("?show=following", "You follow nothing here yet"),
        ("?show=mine&kind=prompt", "Nothing here that fits"),
        ("?kind=prompt", "Nothing of this kind yet"),
        ("?after=2026-01-01T00:00:00%2B00:00~1", "This is the end of the list"),
    ],
)
def test_an_empty_list_says_why_and_where_to_go(as_bob, query, title):
    page = as_bob.get(LIST + query).content.decode()

    assert f'<h2 class="empty__title">{title}</h2>' in page
