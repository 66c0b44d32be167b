"""Taking no private messages from somebody: by web and by mail, without their being told who said so."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from correspondence.inbound.receiving import receive
from correspondence.models import InboundMail, OutgoingMail
from discussions import workflow
from discussions.models import Block, Post, Thread
from discussions.moderation import blocking
from discussions.threads.people import add_people
from foundation.privacy_export import archive_of, erase
from tests import make
from tests.correspondence.letters import letter, reply_address
from tests.discussions import making

pytestmark = pytest.mark.django_db
APART = "exchange no private messages"


def test_neither_writes_to_the_other_until_it_is_taken_back(client, alice, bob, thread):
    client.force_login(bob)
    page = client.get(thread.get_absolute_url()).content.decode()
    assert f'action="/settings/blocked/{alice.pk}/add/"' in page
    client.post(f"/settings/blocked/{alice.pk}/add/")
    page = client.get(thread.get_absolute_url()).content.decode()
    assert f'action="/settings/blocked/{alice.pk}/remove/"' in page
    for person, other in ((alice, bob), (bob, alice)):
        with pytest.raises(workflow.PostNotTaken, match=APART):
            workflow.reply(thread, by=person, body="And another thing")
        with pytest.raises(workflow.PostNotTaken, match=APART):
            workflow.start_private_thread(by=person, to=other, subject="Hm", body="And another thing")
    client.post(f"/settings/blocked/{alice.pk}/remove/")

    assert workflow.reply(thread, by=alice, body="Thank you").number == 2


def test_whoever_is_blocked_keeps_their_words_and_learns_no_more_than_that(client, alice, bob, thread):
    blocking.block(alice, by=bob)
    client.force_login(alice)
    answered = client.post(f"/discussions/{thread.pk}/reply/", {"body": "My long words"}).content.decode()
    begun = client.post("/discussions/new/?to=bob-brandt", {"subject": "Hm", "body": "My long words"}).content.decode()

    assert [(APART in page, "My long words" in page) for page in (answered, begun)] == [(True, True), (True, True)]
    assert Post.objects.count() == 1
    page = client.get(thread.get_absolute_url()).content.decode()
    assert "Take their messages again" not in page
    assert "Bob Brandt" not in client.get("/settings/blocked/").content.decode()


def test_a_mail_is_refused_with_its_reason(alice, bob, thread):
    blocking.block(alice, by=bob)
    address = reply_address(alice, thread)
    mail = receive(letter(alice.email, address, "And another thing"), address)

    assert (mail.outcome, mail.reason, Post.objects.count()) == (InboundMail.Outcome.REFUSED, InboundMail.Reason.NOT_OPEN, 1)


def test_among_several_the_others_still_hear_each_other(alice, bob):
    carla = make.ambassador("Carla Costa")
    thread = workflow.start_private_thread(by=carla, to=alice, also=[bob], subject="All of us", body="Hello")
    blocking.block(alice, by=bob)
    post = workflow.reply(thread, by=alice, body="Hello, all")

    told = OutgoingMail.objects.filter(key__startswith=f"private-message:{post.pk}:").values_list("person__name", flat=True)
    assert list(told) == ["Carla Costa"]
    with pytest.raises(ValidationError, match="exchange no private messages"):
        add_people(workflow.start_private_thread(by=carla, to=bob, subject="Us", body="Hello"), [alice], by=bob)


def test_in_spaces_they_read_each_other_as_before(alice, bob):
    thread = making.thread(making.topic(), alice)
    blocking.block(alice, by=bob)

    assert workflow.reply(thread, by=bob, body="I see it otherwise.").number == 2
    assert list(Thread.objects.visible_to(bob).filter(pk=thread.pk)) == [thread]


def test_an_archive_tells_whom_one_blocked_and_not_who_blocked_one(alice, bob):
    blocking.block(alice, by=bob)

    assert [row.get("takes no private messages of") for row in archive_of(bob)["reports"]] == ["Alice Amadi"]
    assert archive_of(alice)["reports"] == []
    erase(alice)
    assert Block.objects.count() == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_block_list_query_count(client, alice, rows, django_assert_num_queries):
    for number in range(rows):
        blocking.block(make.ambassador(f"Friend {number}"), by=alice)
    client.force_login(alice)
    client.get("/settings/blocked/")

    with django_assert_num_queries(4):
        client.get("/settings/blocked/")
