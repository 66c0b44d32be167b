"""Locking, pinning, hiding and restoring by those who lead a space, and the page that tells who did what."""

from __future__ import annotations

import pytest
from django.core import mail as django_mail
from django.core.exceptions import PermissionDenied, ValidationError

from correspondence.models import OutgoingMail
from correspondence.tasks import deliver_mail
from discussions.models import Post, Thread
from discussions.moderation import reporting, workflow
from discussions.moderation.duties import give_duty
from discussions.workflow import PostNotTaken, reply, start_private_thread
from foundation.workflow import TransitionRefused
from tests import make
from tests.discussions import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader():
    return make.ambassador("Lea Leader")


@pytest.fixture
def thread(leader, alice, bob):
    """Alice's thread in a micro-community that Lea leads; Bob has answered."""
    space = making.micro(leader)
    making.join(space, alice)
    making.join(space, bob)
    thread = making.thread(space, alice, subject="Who pays for the bus?")
    making.talk(thread, bob)
    return Thread.objects.get(pk=thread.pk)


def deliver_all():
    for mail in OutgoingMail.objects.filter(state="queued"):
        deliver_mail(mail.pk)


def status(row):
    row.refresh_from_db()
    return row.status


def test_what_is_locked_takes_nothing_until_it_is_unlocked(thread, leader, bob):
    workflow.lock(thread, by=leader, reason="We go on in the other one.")
    with pytest.raises(PostNotTaken):
        reply(thread, by=bob, body="One more thing")
    workflow.unlock(thread, by=leader)

    assert reply(thread, by=bob, body="One more thing").number == 3


def test_only_those_who_lead_keep_order(thread, alice, bob, staff):
    acts = [
        (workflow.lock, {}),
        (workflow.pin, {}),
        (workflow.hide_thread, {"reason": "Because."}),
        (workflow.restore_thread, {}),
    ]
    for person in (alice, bob, staff):
        for act, fields in acts:
            with pytest.raises(PermissionDenied):
                act(thread, by=person, **fields)
        with pytest.raises(PermissionDenied):
            workflow.hide_post(thread.posts.get(number=2), by=person, reason="Because.")
    private = start_private_thread(by=staff, to=bob, subject="Hm", body="Hm")
    with pytest.raises(PermissionDenied):
        workflow.lock(private, by=staff)

    assert (status(thread), thread.pinned_at) == ("open", None)


def test_a_hidden_thread_is_gone_for_its_people_and_comes_back_as_it_was(client, thread, leader, alice, bob):
    post = thread.posts.get(number=2)
    workflow.lock(thread, by=leader)
    workflow.hide_thread(thread, by=leader, reason="It names a family.")
    deliver_all()

    assert [Thread.objects.visible_to(person).filter(pk=thread.pk).exists() for person in (leader, alice, bob)] == [
        True,
        False,
        False,
    ]
    assert [Post.objects.visible_to(person).filter(pk=post.pk).exists() for person in (leader, alice, bob)] == [True, False, False]
    told = [mail for mail in django_mail.outbox if mail.to == [alice.email] and mail.subject == "Hidden: Who pays for the bus?"]
    assert ["It names a family." in mail.body for mail in told] == [True]
    workflow.restore_thread(thread, by=leader)
    assert status(thread) == "locked"
    workflow.unlock(thread, by=leader)
    workflow.hide_thread(thread, by=leader, reason="Again.")
    workflow.restore_thread(thread, by=leader)
    assert status(thread) == "open"


def test_a_hidden_post_keeps_its_place_and_its_author_is_told_why(client, thread, leader, alice, bob):
    post = thread.posts.get(number=2)
    client.force_login(leader)
    client.post(f"/discussions/posts/{post.pk}/hide/", {"reason": " "})
    assert status(post) == "shown"
    client.post(f"/discussions/posts/{post.pk}/hide/", {"reason": "It names a family."})
    deliver_all()

    readers = [Post.objects.visible_to(person).filter(pk=post.pk).exists() for person in (leader, alice, bob)]
    assert (status(post), readers) == ("hidden", [True, False, True])
    told = [mail for mail in django_mail.outbox if mail.to == [bob.email] and mail.subject == "Hidden: Who pays for the bus?"]
    assert ["It names a family." in mail.body for mail in told] == [True]
    client.post(f"/discussions/posts/{post.pk}/restore/")
    assert Post.objects.visible_to(alice).filter(pk=post.pk).exists()


def test_no_mail_tells_of_what_was_restored_in_the_meantime(thread, leader, bob):
    post = thread.posts.get(number=2)
    workflow.hide_post(post, by=leader, reason="It names a family.")
    workflow.restore_post(post, by=leader)
    deliver_all()

    assert [mail.subject for mail in django_mail.outbox if mail.to == [bob.email] and mail.subject.startswith("Hidden")] == []


def test_whoever_handles_a_report_may_hide_the_post_in_a_private_conversation(client, alice, bob):
    root = make.person("Rosa Root", is_staff=True, is_superuser=True)
    give_duty(root, by=root)
    post = reply(start_private_thread(by=alice, to=bob, subject="Between us", body="Hm?"), by=bob, body="I know where you live.")
    client.force_login(root)
    assert client.post(f"/discussions/posts/{post.pk}/hide/", {"reason": "A threat."}).status_code == 404
    report = reporting.report(post, by=alice, reason="harassing")
    page = client.get(f"/discussions/posts/{post.pk}/hide/").content.decode()
    answer = client.post(f"/discussions/posts/{post.pk}/hide/", {"reason": "A threat."})

    assert ("I know where you live." in page, "Between us" in page) == (True, False)
    assert (answer["Location"], status(post)) == (report.get_absolute_url(), "hidden")
    assert [Post.objects.visible_to(person).filter(pk=post.pk).exists() for person in (alice, bob, root)] == [False, True, False]


def test_two_at_once_are_told_who_was_quicker(client, thread, leader):
    stale = Thread.objects.get(pk=thread.pk)
    workflow.lock(thread, by=leader)
    with pytest.raises(TransitionRefused):
        workflow.lock(stale, by=leader)
    client.force_login(leader)
    page = client.post(f"/discussions/{thread.pk}/lock/", {"reason": ""}, follow=True).content.decode()

    assert "Somebody else was quicker" in page
    with pytest.raises(ValidationError):
        workflow.hide_thread(thread, by=leader, reason="  ")


def test_leaders_find_the_buttons_and_others_do_not(client, thread, leader, bob):
    wanted = [f"/discussions/{thread.pk}/{word}/" for word in ("pin", "lock", "hide", "history")]
    found = {}
    for person in (leader, bob):
        client.force_login(person)
        page = client.get(thread.get_absolute_url()).content.decode()
        found[person.name] = [address for address in wanted if address in page]

    assert found == {"Lea Leader": wanted, "Bob Brandt": []}


def test_every_act_is_in_the_history_of_the_thread(client, thread, leader, alice, staff):
    workflow.pin(thread, by=leader)
    workflow.unpin(thread, by=leader)
    workflow.lock(thread, by=leader, reason="We go on in the other one.")
    workflow.unlock(thread, by=leader)
    post = thread.posts.get(number=2)
    workflow.hide_post(post, by=leader, reason="It names a family.")
    workflow.restore_post(post, by=leader)
    client.force_login(leader)
    page = client.get(f"/discussions/{thread.pk}/history/")

    assert [(line.shown_actor, line.verb, line.note) for line in page.context["lines"]] == [
        ("Lea Leader", "restored the post", ""),
        ("Lea Leader", "hid the post", "It names a family."),
        ("Lea Leader", "unlocked the conversation", ""),
        ("Lea Leader", "locked the conversation", "We go on in the other one."),
        ("Lea Leader", "unpinned the conversation", ""),
        ("Lea Leader", "pinned the conversation", ""),
        ("Alice Amadi", "began a thread", ""),
    ]
    assert page.content.decode().count("It names a family.") == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_history_query_count(client, thread, leader, rows, django_assert_num_queries):
    for _number in range(rows):
        workflow.pin(thread, by=leader)
        workflow.unpin(thread, by=leader)
    client.force_login(leader)
    client.get(f"/discussions/{thread.pk}/history/")

    with django_assert_num_queries(6):
        client.get(f"/discussions/{thread.pk}/history/")
