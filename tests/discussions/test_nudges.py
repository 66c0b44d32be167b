"""Who has spoken in a thread, and the private word to those who have not."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from ambassadors.models import User
from correspondence import outbox, preferences
from correspondence.inbound.receiving import receive
from correspondence.models import OutgoingMail
from discussions.facilitating.nudging import nudge
from discussions.models import Nudge, Participant, Post, Thread
from foundation.desk import cards_for
from foundation.models import HistoryEntry
from foundation.privacy_export import archive_of, erase
from tests import make
from tests.correspondence.letters import letter
from tests.discussions import making
from tests.races import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def space(alice, bob):
    """Alice leads it; Bob, Quinn and Rita take part, Pia reads along, and Paul is pausing."""
    space = making.micro(alice)
    making.join(space, bob)
    making.join(space, make.ambassador("Quinn Quiet"))
    making.join(space, make.ambassador("Rita Rest"), "advisor")
    making.join(space, make.ambassador("Pia Promoter"), "promoter")
    making.join(space, make.ambassador("Paul Pausing", status="paused"))
    return space


@pytest.fixture
def talked(space, alice, bob):
    """Alice began, and Bob answered."""
    thread = making.thread(space, alice, subject="Which rooms?")
    making.talk(thread, bob)
    return thread


def called(name: str) -> User:
    return User.objects.get(name=name)


def page_of(client, thread):
    return client.get(reverse("discussions:thread-spoken", args=[thread.pk])).context


def names(people) -> list[str]:
    return [str(one) for one in people]


def test_a_leader_sees_who_has_spoken_and_who_could(client, talked, alice):
    client.force_login(alice)

    page = page_of(client, talked)

    assert names(page["speakers"]) == ["Alice Amadi", "Bob Brandt"]
    assert names(page["quiet"]) == ["Quinn Quiet", "Rita Rest"]


def test_words_that_were_taken_back_are_not_heard(client, talked, alice):
    Post.objects.filter(number=2).update(status="withdrawn")
    client.force_login(alice)

    page = page_of(client, talked)

    assert names(page["speakers"]) == ["Alice Amadi"]
    assert names(page["quiet"]) == ["Bob Brandt", "Quinn Quiet", "Rita Rest"]


def test_in_a_topic_the_quiet_ones_are_those_who_spoke_in_it_lately(client, staff, alice, bob):
    topic = making.topic()
    making.talk(making.thread(topic, alice), bob)
    make.ambassador("Nora Never")
    thread = making.thread(topic, alice, subject="Another")
    client.force_login(staff)

    assert names(page_of(client, thread)["quiet"]) == ["Bob Brandt"]


@pytest.mark.row("D19")
def test_a_nudge_is_sent_once_a_member_and_thread_and_can_be_switched_off(
    client, mailoutbox, talked, alice, django_capture_on_commit_callbacks
):
    quinn, rita = called("Quinn Quiet"), called("Rita Rest")
    preferences.choose(rita, "nudge", wanted=False)
    client.force_login(alice)

    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            client.post(
                reverse("discussions:thread-nudge", args=[talked.pk]), {"people": [quinn.pk, rita.pk], "words": "You know it."}
            )

    assert [mail.to for mail in mailoutbox] == [[quinn.email]]
    assert (
        "Alice Amadi, who leads “Winter school”, would like to hear you in the conversation “Which rooms?”." in mailoutbox[0].body
    )
    assert "You know it." in mailoutbox[0].body
    page = page_of(client, talked)
    assert names(page["quiet"]) == []
    assert names(one for one, _nudge in page["asked"]) == [
        "Quinn Quiet",
        "Rita Rest",
    ]  # that one of them wants none is hers to know


@pytest.mark.django_db(transaction=True)
def test_two_leaders_at_once_ask_once(alice, bob):
    space = making.micro(alice)
    carla = make.ambassador("Carla Costa")
    for leader in (bob, carla):
        making.join(space, leader, "leader")
    quinn = making.join(space, make.ambassador("Quinn Quiet"))
    thread = making.thread(space, alice)

    asked = at_once(*(lambda by=by: nudge(thread, by=by, people=[quinn]) for by in (bob, carla)))

    assert sorted(asked) == [0, 1]
    assert OutgoingMail.objects.filter(kind="nudge").count() == Nudge.objects.count() == 1


def test_nobody_asks_who_does_not_lead_the_space(talked, bob, staff):
    for somebody in (bob, staff):
        with pytest.raises(PermissionDenied):
            nudge(talked, by=somebody, people=[called("Quinn Quiet")])


def test_whoever_spoke_cannot_answer_or_is_away_is_not_asked(talked, alice, bob):
    others = [bob, called("Pia Promoter"), called("Paul Pausing"), make.ambassador("Olga Outside"), alice]

    assert nudge(talked, by=alice, people=others) == 0
    assert OutgoingMail.objects.filter(kind="nudge").count() == 0


def test_nobody_is_asked_where_nothing_can_be_added(talked, alice):
    Thread.objects.filter(pk=talked.pk).update(status="locked")

    with pytest.raises(PermissionDenied):
        nudge(Thread.objects.get(pk=talked.pk), by=alice, people=[called("Quinn Quiet")])


def test_whoever_spoke_in_the_meantime_gets_no_mail(talked, alice):
    quinn = called("Quinn Quiet")
    nudge(talked, by=alice, people=[quinn])
    making.talk(talked, quinn)
    mail = OutgoingMail.objects.get(kind="nudge")

    outbox.deliver(mail.pk)

    mail.refresh_from_db()
    assert mail.state == "unwanted"


def test_the_answer_to_a_nudge_goes_to_whoever_asked_alone(mailoutbox, talked, alice, django_capture_on_commit_callbacks):
    quinn = called("Quinn Quiet")
    with django_capture_on_commit_callbacks(execute=True):
        nudge(talked, by=alice, people=[quinn])
    address = mailoutbox[0].reply_to[0].partition("<")[2].rstrip(">")

    assert receive(letter(quinn.email, address, "My board is in the room.", Subject="Re: Your view"), address).outcome == "posted"
    private = Thread.objects.get(kind="private")
    assert [one.person for one in Participant.objects.filter(thread=private)] == [quinn, alice]
    assert Post.objects.filter(thread=talked, author=quinn).count() == 0


def test_it_lies_on_the_desk_of_whoever_was_asked_until_they_speak(talked, alice):
    quinn, rita = called("Quinn Quiet"), called("Rita Rest")
    preferences.choose(rita, "nudge", wanted=False)
    nudge(talked, by=alice, people=[quinn, rita])
    title = "Your view would be welcome in “Which rooms?”"

    assert [title in [card.title for card in cards_for(one)] for one in (quinn, rita, alice)] == [True, False, False]
    making.talk(talked, quinn)
    assert title not in [card.title for card in cards_for(quinn)]


def test_the_history_names_nobody_who_was_asked(talked, alice):
    nudge(talked, by=alice, people=[called("Quinn Quiet")], words="You know it.")

    (line,) = HistoryEntry.objects.filter(verb="asked quiet members for their view")
    assert (line.actor, line.note, line.about) == (alice, "", None)


def test_an_archive_holds_it_and_an_erasure_ends_it(talked, alice):
    quinn = called("Quinn Quiet")
    nudge(talked, by=alice, people=[quinn], words="Alice Amadi asks.")

    assert [record["words"] for record in archive_of(quinn)["nudges"]] == ["Alice Amadi asks."]
    erase(alice)
    row = Nudge.objects.get()
    assert (row.by, "Amadi" in row.words) == (None, False)
    erase(quinn)
    assert Nudge.objects.count() == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_query_count(client, alice, rows, django_assert_num_queries):
    space = making.micro(alice)
    people = [making.join(space, make.ambassador(f"Friend {number}")) for number in range(2 * rows)]
    thread = making.thread(space, alice)
    making.talk(thread, *people[:rows])
    nudge(thread, by=alice, people=people[rows : rows + 1])
    client.force_login(alice)

    with django_assert_num_queries(8):
        client.get(reverse("discussions:thread-spoken", args=[thread.pk]))
