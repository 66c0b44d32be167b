"""What becomes of a post after it was said: changed, taken back, thanked for, kept."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from correspondence.models import OutgoingMail
from discussions import signals, workflow
from discussions.models import Bookmark, Post, PostRevision, Thanks, Thread
from discussions.posts import workflow as posts
from discussions.words import to_plain
from foundation.models import HistoryEntry
from foundation.privacy_export import archive_of, erase
from foundation.workflow import TransitionRefused
from tests import make
from tests.discussions import making


@pytest.fixture
def said(alice, bob):
    """Alice's answer in a topic that Bob began."""
    return workflow.reply(making.thread(making.topic(), bob), by=alice, body="We meet on Monday.\n\nBring a cake.")


@pytest.fixture
def as_alice(client, alice):
    client.force_login(alice)
    return client


def url(name: str, post: Post) -> str:
    return reverse(f"discussions:{name}", args=[post.pk])


def change(client, post: Post, body: str, revision: int = 1):
    return client.post(url("post-edit", post), {"body": body, "revision": revision})


def page_of(client, post: Post) -> str:
    return client.get(post.thread.get_absolute_url()).content.decode()


def test_an_edit_keeps_what_was_said_for_whoever_reads_the_post(as_alice, client, bob, said):
    told = []
    signals.post_edited.connect(lambda post, **more: told.append(post.pk), weak=False, dispatch_uid="test")

    answer = change(as_alice, said, "We meet on Tuesday.\n\nBring a cake.")

    signals.post_edited.disconnect(dispatch_uid="test")
    assert answer.url == said.get_absolute_url()
    said.refresh_from_db()
    assert (to_plain(said.body), said.revision, told) == ("We meet on Tuesday.\n\nBring a cake.", 2, [said.pk])
    before = PostRevision.objects.get(post=said)
    assert (to_plain(before.body), before.revision, before.written_at) == (
        "We meet on Monday.\n\nBring a cake.",
        1,
        said.posted_at,
    )
    assert HistoryEntry.objects.filter(verb="edited a post").count() == 1
    client.force_login(bob)
    page = client.get(url("revision-list", said)).content.decode()
    assert "<del>Monday.</del><ins>Tuesday.</ins>" in page
    assert url("revision-list", said) in page_of(client, said)


def test_blocks_that_stayed_keep_their_ids_through_an_edit(as_alice, said):
    cake = said.body.rpartition('id="')[2][:9]

    change(as_alice, said, "We meet on Tuesday, all of us.\n\nBring a cake.")

    said.refresh_from_db()
    assert said.body.rpartition('id="')[2][:9] == cake


def test_the_second_of_two_windows_is_told_and_keeps_its_words(as_alice, said):
    change(as_alice, said, "We meet on Tuesday.")

    refused = change(as_alice, said, "We meet on Friday.")

    said.refresh_from_db()
    assert (refused.status_code, to_plain(said.body)) == (409, "We meet on Tuesday.")
    page = refused.content.decode()
    assert "We meet on Friday." in page
    assert "We meet on Tuesday." in page
    change(as_alice, said, "We meet on Friday.", revision=int(refused.context["form"]["revision"].value()))
    said.refresh_from_db()
    assert (to_plain(said.body), said.revision) == ("We meet on Friday.", 3)


def test_saving_the_same_words_is_no_edit(as_alice, said):
    change(as_alice, said, "We meet on Monday.\n\nBring a cake.")

    assert (Post.objects.get(pk=said.pk).revision, PostRevision.objects.count()) == (1, 0)


@pytest.mark.parametrize("status", ["locked", "hidden", "merged"])
def test_nobody_edits_where_nothing_can_be_added(alice, said, status):
    Thread.objects.filter(pk=said.thread_id).update(status=status)

    with pytest.raises(PermissionDenied):
        posts.edit(said, by=alice, body="Something else", revision=1)


def test_words_taken_back_leave_a_place_and_come_back(as_alice, client, alice, bob, said):
    withdrawn = []
    signals.post_withdrawn.connect(lambda post, **more: withdrawn.append(post.pk), weak=False, dispatch_uid="test")

    as_alice.post(url("post-withdraw", said))

    signals.post_withdrawn.disconnect(dispatch_uid="test")
    assert withdrawn == [said.pk]
    client.force_login(bob)
    page = page_of(client, said)
    assert "Bring a cake" not in page
    assert "Taken back by its author" in page
    assert client.get(said.get_absolute_url()).status_code == 404
    assert client.get(url("revision-list", said)).status_code == 404
    client.force_login(alice)
    assert "Bring a cake" in page_of(client, said)
    assert client.post(url("post-withdraw", said)).status_code == 403
    client.post(url("post-put-back", said))
    client.force_login(bob)
    assert "Bring a cake" in page_of(client, said)
    assert list(HistoryEntry.objects.filter(verb__contains="post").order_by("pk").values_list("verb", "after")) == [
        ("took a post back", "withdrawn"),
        ("put a post back", "shown"),
    ]


def test_what_a_facilitator_hid_its_author_does_not_put_back(alice, said):
    Post.objects.filter(pk=said.pk).update(status="hidden")
    said.refresh_from_db()

    with pytest.raises(TransitionRefused):
        posts.restore(said, by=alice)


@pytest.mark.row("A6")
def test_ten_thanks_are_one_line_for_the_author_and_no_mail(client, alice, said):
    for number in range(10):
        client.force_login(make.ambassador(f"Friend {number}"))
        client.post(url("post-thank", said))
        client.post(url("post-thank", said))

    client.force_login(alice)
    desk = client.get("/desk/").content.decode()

    assert Thanks.objects.count() == 10
    assert desk.count("Your words helped 10 people") == 1
    assert OutgoingMail.objects.exclude(kind="private_message").filter(person=alice).count() == 0
    assert "This helped 10 people" in page_of(client, said)
    client.force_login(said.thread.started_by)
    assert "10 people" not in page_of(client, said)


def test_nobody_thanks_themselves_and_thanks_can_be_taken_back(as_alice, client, bob, said):
    assert as_alice.post(url("post-thank", said)).status_code == 403
    client.force_login(bob)
    client.post(url("post-thank", said))
    assert url("post-unthank", said) in page_of(client, said)

    client.post(url("post-unthank", said))

    assert Thanks.objects.count() == 0
    assert url("post-unthank", said) not in page_of(client, said)


def test_the_list_of_what_i_keep_is_mine_and_loses_words_with_my_access(as_alice, client, alice, bob):
    space = making.micro(bob)
    making.join(space, alice)
    kept = making.thread(space, bob, subject="A secret plan", body="Under the third stone.").posts.get()
    open_one = making.thread(making.topic(), bob, subject="Everyday things", body="Bread and salt.").posts.get()
    for post in (kept, open_one):
        as_alice.post(url("post-keep", post))
    assert [one.post for one in as_alice.get("/bookmarks/").context["kept"]] == [open_one, kept]

    space.roles.filter(person=alice).delete()

    page = as_alice.get("/bookmarks/")
    assert [one.post for one in page.context["kept"]] == [open_one, None]
    assert "third stone" not in page.content.decode()
    assert "secret plan" not in page.content.decode()
    as_alice.post(reverse("discussions:bookmark-delete", args=[page.context["kept"][1].bookmark.pk]))
    assert list(Bookmark.objects.values_list("post", flat=True)) == [open_one.pk]
    client.force_login(bob)
    assert client.get("/bookmarks/").context["kept"] == []


@pytest.mark.parametrize("rows", [1, 3])
def test_bookmarks_query_count(as_alice, alice, bob, rows, django_assert_num_queries):
    for number in range(rows):
        posts.keep(making.thread(making.topic(f"Topic {number}"), bob).posts.get(), by=alice)

    with django_assert_num_queries(5):
        as_alice.get("/bookmarks/")


@pytest.mark.parametrize("rows", [1, 3])
def test_revisions_query_count(as_alice, alice, said, rows, django_assert_num_queries):
    for number in range(rows):
        posts.edit(said, by=alice, body=f"Version {number}", revision=number + 1)

    with django_assert_num_queries(5):
        as_alice.get(url("revision-list", said))


def test_the_archive_tells_what_i_keep_and_erasing_forgets_it(alice, bob, said):
    posts.thank(said, by=bob)
    posts.keep(said, by=bob)

    assert [record["what"] for record in archive_of(bob)["marks"]] == ["kept", "thanked"]
    erase(bob)

    assert (Thanks.objects.count(), Bookmark.objects.count()) == (0, 0)
