"""Pages of private conversations."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from correspondence.models import OutgoingMail
from discussions import workflow
from discussions.models import Participant, Post, ReadMark, Thread
from discussions.paging import POSTS_A_PAGE, THREADS_A_PAGE
from discussions.words import to_plain
from foundation.models import HistoryEntry
from foundation.privacy_export import archive_of, erase
from tests import make

LIST = "/messages/"


@pytest.fixture
def as_bob(client, bob):
    client.force_login(bob)
    return client


def threads_with(bob, count):
    return [
        workflow.start_private_thread(by=make.ambassador(f"Friend {number}"), to=bob, subject=f"Subject {number}", body="Hello")
        for number in range(count)
    ]


def test_the_list_has_my_threads_and_nobody_elses(as_bob, bob, alice):
    mine = threads_with(bob, 2)
    workflow.start_private_thread(by=alice, to=make.ambassador("Carla Costa"), subject="Between the two of us", body="Hm?")

    page = as_bob.get(LIST)

    assert [line.pk for line in page.context["lines"]] == [mine[1].pk, mine[0].pk]
    assert "Between the two of us" not in page.content.decode()


def test_a_private_conversation_belongs_to_messages_in_the_head(as_bob, thread, alice):
    people = reverse("discussions:participant-list", args=[thread.pk])
    for address in (thread.get_absolute_url(), people, f"{reverse('discussions:thread-start')}?to={alice.ambassador.slug}"):
        head = as_bob.get(address).content.decode().partition("<main")[0]
        assert [f'href="{url}" aria-current="page"' in head for url in (LIST, "/discussions/")] == [True, False]


@pytest.mark.parametrize("rows", [1, 3])
def test_list_query_count(as_bob, bob, rows, django_assert_num_queries):
    threads_with(bob, rows)

    with django_assert_num_queries(4):
        as_bob.get(LIST)


@pytest.mark.parametrize("rows", [1, 3])
def test_thread_query_count(as_bob, bob, thread, alice, rows, django_assert_num_queries):
    for number in range(rows - 1):
        workflow.reply(thread, by=alice, body=f"No {number}")

    with django_assert_num_queries(5):
        as_bob.get(thread.get_absolute_url())


def test_the_list_is_paged_by_key(as_bob, bob):
    friend = make.ambassador("A Friend")
    now = timezone.now()
    for number in range(THREADS_A_PAGE + 2):
        started = workflow.start_private_thread(by=friend, to=bob, subject=f"Subject {number}", body="Hello")
        Thread.objects.filter(pk=started.pk).update(last_post_at=now - timedelta(minutes=number // 2))

    first = as_bob.get(LIST)
    second = as_bob.get(LIST + first.context["next_url"])

    shown = [line.pk for page in (first, second) for line in page.context["lines"]]
    assert shown == list(Thread.objects.newest_first().values_list("pk", flat=True))
    assert second.context["next_url"] == ""


@pytest.mark.parametrize(
    "after", ["x", "~", "2026-01-01~1", "2026-99-01T00:00:00+00:00~1", "2026-01-01T00:00:00+00:00~99999999999999999999"]
)
def test_a_broken_place_in_the_list_is_its_beginning(as_bob, thread, after):
    assert [line.pk for line in as_bob.get(LIST, {"after": after}).context["lines"]] == [thread.pk]


def test_a_post_has_one_address_for_ever(as_bob, alice, thread):
    for number in range(POSTS_A_PAGE + 1):
        workflow.reply(thread, by=alice, body=f"No {number}")
    post = Post.objects.get(number=3)

    answer = as_bob.get(post.get_absolute_url())

    assert answer.url == f"{thread.get_absolute_url()}?from=1#post-3"
    assert post in as_bob.get(answer.url.partition("#")[0]).context["posts"]


def test_a_thread_opens_where_its_reader_stopped(as_bob, bob, alice, thread):
    for number in range(2 * POSTS_A_PAGE):
        workflow.reply(thread, by=alice, body=f"No {number}")

    def opened_at():
        return as_bob.get(thread.get_absolute_url()).context["page"].start

    assert opened_at() == 1
    workflow.mark_read(Thread.objects.get(), by=bob, number=POSTS_A_PAGE + 3)
    assert opened_at() == POSTS_A_PAGE + 1
    workflow.mark_read(Thread.objects.get(), by=bob, number=999)
    assert opened_at() == 2 * POSTS_A_PAGE + 1


def test_reading_is_said_by_pressing_and_by_answering(as_bob, bob, alice, thread):
    def is_new():
        return "A" in as_bob.get("/desk/").content.decode() and thread.subject in as_bob.get("/desk/").content.decode()

    as_bob.get(thread.get_absolute_url())
    assert is_new()

    as_bob.post(reverse("discussions:thread-read", args=[thread.pk]), {"number": "999"})
    assert not is_new()
    assert ReadMark.objects.get(person=bob).number == 1

    workflow.reply(thread, by=alice, body="And this?")
    assert is_new()
    as_bob.post(reverse("discussions:post-reply", args=[thread.pk]), {"body": "Yes.", "shown": "2"})
    assert not is_new()


def test_an_empty_answer_is_asked_for_again(as_bob, thread):
    page = as_bob.post(reverse("discussions:post-reply", args=[thread.pk]), {"body": "  "})

    assert page.status_code == 200
    assert page.context["form"].errors["body"]
    assert Post.objects.count() == 1


@pytest.mark.row("R15")
def test_what_somebody_types_cannot_run(as_bob, alice, thread):
    workflow.reply(thread, by=alice, body="<script>alert(1)</script> <img src=x onerror=alert(2)>")

    page = as_bob.get(thread.get_absolute_url()).content.decode()

    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("status", ["listed", "alumni", "removed"])
def test_who_is_not_active_cannot_be_written_to(client, alice, status):
    make.ambassador("Rita Roth", status=status)
    client.force_login(alice)

    assert client.get("/discussions/new/?to=rita-roth").status_code == 404
    assert Thread.objects.count() == 0


def test_who_hides_from_members_cannot_be_written_to(client, alice):
    make.ambassador("Rita Roth", listed_for="staff")
    client.force_login(alice)

    assert client.get("/discussions/new/?to=rita-roth").status_code == 404


def test_a_profile_offers_to_write_to_its_person(client, alice, bob):
    client.force_login(alice)

    assert "/discussions/new/?to=bob-brandt" in client.get(bob.ambassador.get_absolute_url()).content.decode()
    assert "/discussions/new/" not in client.get(alice.ambassador.get_absolute_url()).content.decode()
    client.logout()
    type(bob.ambassador).objects.filter(user=bob).update(listed_for="public")
    assert "/discussions/new/" not in client.get(bob.ambassador.get_absolute_url()).content.decode()


def test_a_ninth_person_has_no_seat(thread):
    for number in range(6):
        Participant.objects.create(thread=thread, person=make.ambassador(f"Friend {number}"), seat=number + 3)

    with pytest.raises(IntegrityError, match="participant_at_most_eight"), transaction.atomic():
        Participant.objects.create(thread=thread, person=make.ambassador("Late Leo"), seat=9)


def test_starting_is_in_the_history_and_mails_the_other_one(alice, bob, thread):
    assert HistoryEntry.objects.get(verb="started a private thread").actor == alice
    assert OutgoingMail.objects.values_list("kind", "person").get() == ("private_message", bob.pk)


def test_an_archive_holds_ones_own_words_and_erasing_leaves_them_to_the_other(alice, bob, thread):
    workflow.reply(thread, by=bob, body="Bob's own words")

    assert [record["text"] for record in archive_of(bob)["messages"]] == ["Bob's own words"]
    erase(bob)

    post = Post.objects.get(number=2)
    assert (post.author, to_plain(post.body)) == (None, "Bob's own words")
    assert list(Thread.objects.visible_to(alice)) == [thread]


@pytest.mark.row("R15")
def test_what_came_into_the_database_otherwise_cannot_run_either(as_bob, thread):
    Post.objects.update(body="<p onclick=x()>Hello</p><script>alert(1)</script><img src=https://tracker.example/1.gif>")

    page = as_bob.get(thread.get_absolute_url()).content.decode()

    assert "<p>Hello</p>" in page
    assert [part for part in ("onclick", "alert(1)", "tracker.example") if part in page] == []
