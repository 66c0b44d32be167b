"""A newcomer is welcomed by mail in the buddy's name, answers it, and the two have a conversation of their own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from correspondence import due
from correspondence.inbound.receiving import receive
from correspondence.models import OutgoingMail
from discussions.models import Post, Thread
from discussions.words import to_plain
from foundation.models import HistoryEntry
from tests.correspondence.conftest import smtp  # noqa: F401  the mail server
from tests.discussions.test_round_trip import answered
from tests.welcome.matching import a_buddy, at_any_hour, confirmed, newcomer, welcomed
from welcome.buddies import offering, sending, workflow
from welcome.models import BuddyMatch

WORDS = "Hello {newcomer}, I am {buddy}. Ask me anything about {community}."
transactional = pytest.mark.django_db(transaction=True)


def turn() -> None:
    """What the clock does for buddies; other steps have mails of their own."""
    for name in ("buddies who cannot", "welcomes to send"):
        due.steps[name]()


def to(smtp, person):  # noqa: F811
    return [message for message in smtp.messages if message["To"] == person.email]


@pytest.mark.row("C1")
@pytest.mark.row("C14")
@transactional
def test_a_welcome_in_the_buddys_name_and_an_answer_that_reaches_only_them(smtp):  # noqa: F811
    maya, nora = a_buddy("Maya Okafor", words=WORDS, topics=["Budgets"]), newcomer("Nora Lind", topics=["Budgets"])
    at_any_hour()
    confirmed(nora, maya)
    turn()
    turn()

    (welcome,) = to(smtp, nora)
    text = welcome.get_body(("plain",)).get_content()
    assert welcome["From"].addresses[0].display_name == "Maya Okafor via Concentric"
    assert welcome["Subject"] == "Maya Okafor welcomes you to Concentric"
    assert "Hello Nora Lind, I am Maya Okafor. Ask me anything about Concentric." in text
    assert "Concentric sent you this by itself, in words that Maya Okafor wrote and approved for it." in " ".join(text.split())
    (hooks,) = to(smtp, maya.person)
    told = " ".join(hooks.get_body(("plain",)).get_content().split())
    assert "1. Ask what they are working on just now in: Budgets. It is a topic of both of you." in told
    assert [f"{number}. " in told for number in (1, 2, 3, 4)] == [True, True, True, False]
    assert "/ambassadors/nora-lind/" in told

    answer = answered(welcome, nora.email, "Thank you! Where do I begin?")
    mail = receive(answer, welcome["Reply-To"].addresses[0].addr_spec)

    assert mail.outcome == "posted"
    (thread,) = Thread.objects.all()
    assert (thread.is_private, [seat.person for seat in thread.participants.all()]) == (True, [maya.person, nora])
    said = [(post.author, post.via, to_plain(post.body)) for post in Post.objects.order_by("number")]
    assert said == [
        (maya.person, "approved", "Hello Nora Lind, I am Maya Okafor. Ask me anything about Concentric."),
        (nora, "mail", "Thank you! Where do I begin?"),
    ]
    assert [message["Subject"] for message in to(smtp, maya.person)][1:] == ["Re: Welcome to Concentric"]
    assert len(to(smtp, nora)) == 1


@pytest.mark.row("C14")
@transactional
@pytest.mark.parametrize("how", ["never approved", "taken back"])
def test_nothing_leaves_in_the_name_of_a_buddy_without_words_that_they_approved(smtp, how):  # noqa: F811
    maya, nora = a_buddy("Maya Okafor", words=WORDS), newcomer("Nora Lind")
    at_any_hour()
    match = confirmed(nora, maya)
    if how == "never approved":
        maya.texts.update(approved_at=None)
    else:
        offering.withdraw_approval(maya, by=maya.person)

    turn()

    match.refresh_from_db()
    assert (match.status, smtp.messages, Post.objects.count()) == ("withdrawn", [], 0)


@transactional
def test_the_post_says_on_the_page_that_the_community_sent_it(client):
    maya, nora = a_buddy("Maya Okafor"), newcomer("Nora Lind")
    match = welcomed(nora, maya)
    client.force_login(nora)

    page = client.get(match.thread.get_absolute_url()).content.decode()

    assert page.count("sent by the community, in words approved beforehand") == 1
    assert page.count("I would rather have somebody else") == 1
    line = HistoryEntry.objects.get(verb="welcomed in approved words")
    assert (line.actor, line.via, line.about, line.note) == (None, "clock", maya.person, "edition 1 of their words")


@pytest.mark.row("C1")
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("zone", "confirmed_at", "leaves"),
    [
        ("Pacific/Auckland", "2026-11-20T02:00+00:00", "2026-11-20T02:00+00:00"),
        ("Pacific/Auckland", "2026-11-20T05:00+00:00", "2026-11-22T20:00+00:00"),
        ("America/Los_Angeles", "2026-11-20T12:00+00:00", "2026-11-20T17:00+00:00"),
    ],
)
def test_it_leaves_within_the_hours_of_the_newcomers_day(staff, zone, confirmed_at, leaves):
    a_buddy("Maya Okafor")
    with time_machine.travel(datetime.fromisoformat(confirmed_at), tick=False):
        match = workflow.propose(newcomer("Nora Lind", time_zone=zone))
        workflow.confirm(match, by=staff)
    assert match.send_at == datetime.fromisoformat(leaves)
    with time_machine.travel(match.send_at - timedelta(seconds=1), tick=False):
        assert sending.send_due() == 0
    with time_machine.travel(match.send_at, tick=False):
        assert sending.send_due() == 1


@pytest.mark.django_db
def test_a_clock_that_was_down_overnight_waits_for_the_morning(staff):
    a_buddy("Maya Okafor")
    with time_machine.travel(datetime(2026, 11, 19, 16, 50, tzinfo=UTC), tick=False):
        match = workflow.propose(newcomer("Nora Lind"))
        workflow.confirm(match, by=staff)
    with time_machine.travel(datetime(2026, 11, 19, 17, 5, tzinfo=UTC), tick=False):
        assert sending.send_due() == 0
    match.refresh_from_db()
    assert (match.status, match.send_at) == ("confirmed", datetime(2026, 11, 20, 9, tzinfo=UTC))


@pytest.mark.django_db
def test_whoever_takes_over_says_so_and_the_newcomer_is_welcomed_once():
    nora = newcomer("Nora Lind")
    first = welcomed(nora, a_buddy("Maya Okafor"))
    BuddyMatch.objects.filter(pk=first.pk).update(status="replaced")
    second = BuddyMatch.objects.create(
        newcomer=nora, buddy=a_buddy("Ben Birch"), status="confirmed", send_at=timezone.now(), takes_over=True
    )

    assert sending.send(second.pk)

    keys = OutgoingMail.objects.filter(person=nora).order_by("pk").values_list("kind", "key")
    assert list(keys) == [
        ("buddy_welcome", f"welcome:{nora.pk}"),
        ("buddy_takes_over", f"welcome:{nora.pk}:{second.pk}"),
    ]
