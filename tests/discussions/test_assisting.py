"""What an assistant reaches: a few pages and not one more; what they prepare and say; and that it says through whom it came."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils import timezone

from ambassadors.assistants import workflow as seats
from ambassadors.assistants.scopes import REACH
from ambassadors.models import AssistantRules
from correspondence import due
from correspondence.inbound.receiving import receive
from correspondence.models import DigestChoice, OutgoingMail, ReplyAddress
from correspondence.rendering import message_for
from discussions import workflow as talk
from discussions.assisting import workflow
from discussions.assisting.reading import threads_for
from discussions.models import Draft, Follow, Post, PreparedReply
from foundation.desk import cards_for
from foundation.models import HistoryEntry, Via
from foundation.privacy_export import erase
from foundation.workflow import TransitionRefused
from tests import make
from tests.ambassadors import assisting_making
from tests.community.test_access import names, rows
from tests.correspondence.letters import letter
from tests.discussions import making
from tests.races import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def seat(alice):
    """Jo sits for Alice, and may do all that a seat can allow."""
    return assisting_making.taken(alice, may_prepare=True, may_speak=True)


@pytest.fixture
def thread(bob):
    return making.thread(making.topic(), bob, subject="Which questions did you drop?")


def page(name, seat, *keys):
    return reverse(f"discussions:{name}", args=[seat.pk, *keys])


def opened(name: str) -> str | None:
    """Some address of that name: what it is about need not be there."""
    for kwargs in (
        {},
        {"pk": 1},
        {"slug": "x"},
        {"token": "x"},
        {"pk": 1, "slug": "x"},
        {"seat": 1},
        {"seat": 1, "pk": 1},
        {"key": "x"},
    ):
        try:
            return reverse(name, kwargs=kwargs)
        except NoReverseMatch:
            continue
    return None


def marks() -> dict[str, str]:
    """Of each of our own addresses: for whom its view is marked."""
    found: dict[str, str] = {}

    def walk(patterns, prefix=""):
        for entry in patterns:
            if hasattr(entry, "url_patterns"):
                walk(entry.url_patterns, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)
            else:
                found[f"{prefix}{entry.name}"] = getattr(entry.callback, "access", "")

    walk(get_resolver().url_patterns)
    return found


def test_an_assistant_reaches_their_pages_and_no_page_of_a_member(client, seat):
    """All addresses: each that is for members refuses before it looks at what it is about."""
    client.force_login(seat.assistant)
    for_members = [name for name, mark in marks().items() if not mark and name in {row.name for row in rows()} and ":" in name]
    assert len(for_members) > 100

    answers = {name: client.get(url).status_code for name in for_members if (url := opened(name))}

    assert {name: status for name, status in answers.items() if status != 403} == {}
    assert len(answers) > 80
    assert set(REACH) == {
        "ambassadors:seat-leave",
        "discussions:assisted-list",
        "discussions:assisted-prepare",
        "discussions:assisted-say",
        "discussions:assisted-thread",
        "discussions:assisted-withdraw",
    }
    assert {name for name, mark in marks().items() if mark == "signed in" and "assisted" in name} < set(REACH)
    assert set(names(get_resolver().url_patterns)) > set(REACH)


def test_what_is_read_is_what_every_ambassador_reads(client, seat, alice, bob, thread):
    spaces = {openness: making.micro(alice, f"A {openness} circle", openness) for openness in ("open", "closed", "hidden")}
    talks = {openness: making.thread(space, alice, subject=f"Said in {openness}") for openness, space in spaces.items()}
    private = talk.start_private_thread(by=bob, to=alice, subject="Between us", body="Nobody else.")
    client.force_login(seat.assistant)

    assert set(threads_for(seat)) == {thread, talks["open"]}
    text = client.get(page("assisted-list", seat)).text
    assert [words in text for words in ("Which questions", "Said in open", "Said in closed", "Said in hidden", "Between us")] == [
        True, True, False, False, False,
    ]  # fmt: skip
    closed = [talks["closed"], talks["hidden"], private]
    assert [client.get(page("assisted-thread", seat, one.pk)).status_code for one in closed] == [404, 404, 404]


def test_words_that_were_taken_back_or_hidden_are_not_read(client, seat, alice, bob, thread):
    making.talk(thread, alice, bob)
    Post.objects.filter(number=2).update(status="withdrawn", body="<p>Alice took this back.</p>")
    Post.objects.filter(number=3).update(status="hidden", body="<p>This was hidden.</p>")
    client.force_login(seat.assistant)

    text = client.get(page("assisted-thread", seat, thread.pk)).text

    assert ("Tell us one thing" in text, "took this back" in text, "was hidden" in text) == (True, False, False)


def test_reading_marks_nothing_as_read_and_says_for_whom_one_is_here(client, seat, alice, thread):
    client.force_login(seat.assistant)

    text = client.get(page("assisted-thread", seat, thread.pk)).text

    assert "You are here for <strong>Alice Amadi</strong>" in text
    assert (
        HistoryEntry.objects.filter(actor=seat.assistant)
        .exclude(verb__in=["took a seat as assistant", "used the seat link"])
        .count()
        == 0
    )


def test_two_seats_are_two_places(client, bob, seat, thread):
    other = assisting_making.taken(bob, email=seat.email)
    client.force_login(seat.assistant)

    text = client.get(reverse("ambassadors:seat-list")).text
    refused = client.post(page("assisted-say", other, thread.pk), {"body": "In Bob's name."})

    assert ("Alice Amadi" in text, "Bob Brandt" in text, other.assistant == seat.assistant) == (True, True, True)
    assert (refused.status_code, Post.objects.count()) == (404, 1)  # what Alice allows, Bob has not


@pytest.mark.parametrize(
    ("allowed", "reached"),
    [
        ({}, set()),
        ({"may_prepare": True}, {"assisted-prepare"}),
        ({"may_speak": True}, {"assisted-say"}),
        ({"may_prepare": True, "may_speak": True}, {"assisted-prepare", "assisted-say"}),
    ],
)
def test_each_scope_opens_its_own_door(client, alice, thread, allowed, reached):
    seat = assisting_making.taken(alice, **allowed)
    client.force_login(seat.assistant)

    doors = ("assisted-prepare", "assisted-say")
    answers = {door: client.post(page(door, seat, thread.pk), {"body": f"By {door}."}).status_code for door in doors}

    assert {door for door, status in answers.items() if status == 302} == reached
    assert set(answers.values()) <= {302, 404}


def test_what_is_said_through_an_assistant_says_so_everywhere(client, seat, alice, bob, thread):
    Follow.objects.filter(person=bob, thread=thread).update(level=Follow.Level.EVERY)
    client.force_login(seat.assistant)

    client.post(page("assisted-say", seat, thread.pk), {"body": "The three about satisfaction."})

    post = Post.objects.get(number=2)
    assert (post.author, post.via, post.assistant, post.byline) == (
        alice, Via.ASSISTANT, seat.assistant, "Alice Amadi (via Jo Park, assistant)",
    )  # fmt: skip
    client.force_login(bob)
    assert "via Jo Park, assistant" in client.get(thread.get_absolute_url()).text
    mail = message_for(OutgoingMail.objects.create(kind="thread_post", person=bob, key="x", about={"post": post.pk}))
    assert ("Alice Amadi (via Jo Park, assistant)" in mail.body, "via Jo Park, assistant" in mail.extra_headers["From"]) == (
        True,
        True,
    )
    entry = HistoryEntry.objects.get(verb="answered in their name")
    assert (entry.actor, entry.via, entry.about) == (seat.assistant, Via.ASSISTANT, alice)
    client.force_login(alice)
    assert (
        "Answered in their name: “Which questions did you drop?”"
        in client.get(reverse("ambassadors:assistant-detail", args=[seat.pk])).text
    )


def test_a_second_press_of_send_says_nothing_twice(client, seat, thread):
    client.force_login(seat.assistant)
    form = {"body": "Once.", "sent_key": "7b0c1b3e-8f0a-4f57-9d3c-0a1c3f1f7b11"}

    for _press in range(2):
        client.post(page("assisted-say", seat, thread.pk), form)

    assert [post.number for post in Post.objects.filter(thread=thread)] == [1, 2]
    assert HistoryEntry.objects.filter(verb="answered in their name").count() == 1


def test_the_community_may_have_assistants_who_only_prepare(seat, thread):
    AssistantRules.objects.create(pk=1, may_speak=False)

    with pytest.raises(PermissionDenied):
        workflow.speak(seat, thread, "Hm.", by=seat.assistant)
    assert workflow.prepare(seat, thread, "Hm.", by=seat.assistant).status == "waiting"


def test_what_is_prepared_waits_on_the_desk_and_is_said_by_one_press(client, seat, alice, thread):
    client.force_login(seat.assistant)
    client.post(page("assisted-prepare", seat, thread.pk), {"body": "The three about satisfaction."})
    prepared = PreparedReply.objects.get()
    assert Post.objects.count() == 1
    assert "Jo Park prepared an answer in “Which questions did you drop?”" in [card.title for card in cards_for(alice)]

    client.force_login(alice)
    client.post(reverse("discussions:prepared-send", args=[prepared.pk]))
    client.post(reverse("discussions:prepared-send", args=[prepared.pk]))  # twice is once

    post = Post.objects.get(number=2)
    assert (post.author, post.via, post.byline, post.body.count("satisfaction")) == (alice, Via.WEB, "Alice Amadi", 1)
    assert Post.objects.count() == 2


def answer(alice, prepared, words: str):
    to = f"{ReplyAddress.objects.of('prepared', alice, prepared).local_part}@mail.example.org"
    return receive(letter(f"Alice Amadi <{alice.email}>", to, words), to)


@pytest.mark.parametrize(
    ("words", "outcome", "status", "posts"),
    [
        ("Yes", "posted", "sent", 2),
        ("ja, gerne", "posted", "sent", 2),
        ("No", "posted", "set aside", 1),
        ("Yes, but say four instead of three", "refused", "waiting", 1),
    ],
)
def test_a_yes_by_mail_says_it_and_nothing_else_is_guessed_at(seat, alice, thread, words, outcome, status, posts):
    prepared = workflow.prepare(seat, thread, "The three about satisfaction.", by=seat.assistant)
    mail = message_for(OutgoingMail.objects.get(kind="reply_prepared"))
    assert ("The three about satisfaction." in mail.body, "prepared+" in mail.reply_to[0]) == (True, True)

    received = answer(alice, prepared, words)

    prepared.refresh_from_db()
    assert (received.outcome, prepared.status, Post.objects.count()) == (outcome, status, posts)
    if posts == 2:
        assert (Post.objects.get(number=2).via, Post.objects.get(number=2).author) == (Via.MAIL, alice)


def test_a_yes_is_to_the_words_that_stood_in_the_mail(seat, alice, thread):
    first = workflow.prepare(seat, thread, "Three.", by=seat.assistant)
    second = workflow.prepare(seat, thread, "Four.", by=seat.assistant)

    late = answer(alice, first, "Yes")

    assert (late.outcome, "prepared anew" in late.why, Post.objects.count()) == ("refused", True, 1)
    assert [one.status for one in PreparedReply.objects.order_by("pk")] == ["replaced", "waiting"]
    assert answer(alice, second, "Yes").outcome == "posted"


def test_the_same_words_are_prepared_once(seat, thread):
    assert workflow.prepare(seat, thread, "Three.", by=seat.assistant) == workflow.prepare(
        seat, thread, "Three.", by=seat.assistant
    )


def test_one_can_go_on_from_what_was_prepared(client, seat, alice, thread):
    Draft.objects.create(person=alice, thread=thread, body="<p>I began.</p>")
    prepared = workflow.prepare(seat, thread, "The three.", by=seat.assistant)
    client.force_login(alice)

    client.post(reverse("discussions:prepared-take-over", args=[prepared.pk]))

    body = Draft.objects.get(person=alice, thread=thread).body
    assert (body.index("I began.") < body.index("The three."), Post.objects.count()) == (True, 1)


def test_an_assistant_takes_back_what_was_not_sent(seat, alice, thread):
    prepared = workflow.prepare(seat, thread, "The three.", by=seat.assistant)
    workflow.withdraw(prepared, by=seat.assistant)

    with pytest.raises(TransitionRefused):
        workflow.send(prepared, by=alice)


@pytest.mark.parametrize("act", [workflow.prepare, workflow.speak])
def test_a_page_that_was_open_does_nothing_once_the_seat_is_taken_back(seat, alice, thread, act):
    seats.revoke(seat, by=alice)

    with pytest.raises(PermissionDenied):
        act(seat, thread, "Too late.", by=seat.assistant)
    assert (Post.objects.count(), PreparedReply.objects.count()) == (1, 0)


def test_nothing_is_said_where_the_ambassador_could_not(seat, alice, thread):
    for words in ("", "   "):
        with pytest.raises(ValidationError):
            workflow.speak(seat, thread, words, by=seat.assistant)
    thread.status = "locked"
    thread.save()

    with pytest.raises(PermissionDenied):
        workflow.speak(seat, thread, "Too late.", by=seat.assistant)


@pytest.mark.django_db(transaction=True)
def test_taken_back_in_the_moment_in_which_it_speaks(alice, bob):
    """Whichever comes first, nothing is said after the seat is gone, and what was said is in the history."""
    seat = assisting_making.taken(alice, may_speak=True)
    thread = making.thread(making.topic(), bob)

    said, _revoked = at_once(lambda: workflow.speak(seat, thread, "Now.", by=seat.assistant), lambda: seats.revoke(seat, by=alice))

    seat.refresh_from_db()
    was_said = isinstance(said, Post)
    assert (seat.status, was_said or isinstance(said, PermissionDenied)) == ("revoked", True)
    assert Post.objects.filter(assistant=seat.assistant).count() == int(was_said)
    assert HistoryEntry.objects.filter(verb="answered in their name").count() == int(was_said)


def test_an_assistant_who_is_erased_leaves_no_name_beside_what_was_said(seat, alice, thread):
    post = workflow.speak(seat, thread, "The three.", by=seat.assistant)
    erase(seat.assistant)

    post.refresh_from_db()

    assert (post.byline, post.author) == ("Alice Amadi (via an assistant)", alice)


def test_a_digest_says_it_too(seat, alice, bob, thread):
    DigestChoice.objects.create(person=bob, zone="UTC", next_due_at=timezone.now() + timedelta(days=2))
    Follow.objects.filter(person=bob, thread=thread).update(level=Follow.Level.DIGEST)
    workflow.speak(seat, thread, "The three about satisfaction.", by=seat.assistant)

    DigestChoice.objects.update(next_due_at=timezone.now())
    due.post_all()

    mail = message_for(OutgoingMail.objects.get(kind="digest", person=bob))

    assert "Alice Amadi (via Jo Park, assistant)" in mail.body


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_of_an_assistant_cost_the_same_however_much_there_is(client, seat, bob, number, django_assert_num_queries):
    space = making.topic("Questions")
    for place in range(number):
        making.talk(making.thread(space, bob, subject=f"Question {place}"), *make.members(1) * number)
    thread = space.threads.first() if hasattr(space, "threads") else threads_for(seat).first()
    client.force_login(seat.assistant)
    client.get(page("assisted-list", seat))

    with django_assert_num_queries(6):
        client.get(page("assisted-list", seat))
    with django_assert_num_queries(8):
        client.get(page("assisted-thread", seat, thread.pk))
