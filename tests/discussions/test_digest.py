"""What a digest tells of conversations: unread, unmailed, readable at the moment it is sent, and not muted; with its two addresses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from correspondence import due, outbox, preferences
from correspondence.digests import contents
from correspondence.inbound.receiving import receive
from correspondence.models import DigestChoice, InboundMail, OutgoingMail, ReplyAddress
from discussions import workflow
from discussions.following.workflow import follow
from discussions.models import Post, ReadMark, Thanks, Thread
from tests import make
from tests.correspondence.letters import letter
from tests.discussions import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def space(alice, bob):
    """A closed micro-community of Alice's, with Bob and Rita in it."""
    found = making.micro(alice)
    making.join(found, bob)
    return found


@pytest.fixture
def rita(space):
    """The reader: in Alice's micro-community, following nothing."""
    reader = making.join(space, make.ambassador("Rita Reader"))
    DigestChoice.objects.create(person=reader, zone="UTC", next_due_at=timezone.now() + timedelta(days=2))
    return reader


def digest_of(person, **choice) -> contents.Contents:
    """What the digest would say that is due now, read as its worker reads it."""
    return contents.read(posted_for(person, **choice))


def posted_for(person, **choice) -> OutgoingMail:
    DigestChoice.objects.filter(person=person).update(next_due_at=timezone.now(), **choice)
    due.post_all()
    return OutgoingMail.objects.filter(kind="digest", person=person).latest("pk")


def titles(read: contents.Contents) -> dict[str, list[str]]:
    return {str(part.title): [told.item.title for told in part.told] for part in read.parts}


IN_SPACES, TO_YOU, ELSEWHERE = "In your spaces, and what you follow", "Said to you", "Begun elsewhere"


def test_a_conversation_of_ones_space_is_told_once_with_the_number_of_its_posts(space, rita, alice, bob):
    thread = making.thread(space, alice, body="Each of us brings one question.")
    making.talk(thread, bob, alice)

    (part,) = digest_of(rita).parts

    (told,) = part.told
    assert (str(part.title), told.item.title, told.item.where, told.item.note) == (
        IN_SPACES, "What worked this week", "Winter school", "2 more since then",
    )  # fmt: skip
    assert [(one.by, one.text) for one in told.item.passages] == [("Alice Amadi", "Each of us brings one question.")]
    assert told.url.endswith(Post.objects.get(thread=thread, number=1).get_absolute_url())


def test_a_mail_that_was_held_without_a_word_is_told_here(space, rita, alice):
    """A notice at once might be answered by the program that wrote the mail; whoever never signs in hears of it all the same."""
    thread = making.thread(space, alice)
    making.talk(thread, rita)
    to = f"{ReplyAddress.objects.of('reply', rita, thread).local_part}@mail.example.org"
    for _time in range(2):
        receive(letter(rita.email, to, "Twice the same.", Subject=f"Re: {thread.subject}"), to)
    held = InboundMail.objects.get(outcome="held")

    (part, *_others) = digest_of(rita).parts

    (told,) = part.told
    assert (str(part.title), told.item.note, told.item.url) == ("Waits for your word", "not posted", held.get_absolute_url())
    assert told.item.text == (
        "It says the same as your mail before it, so we did not post it a second time. "
        "To post it by mail, send it again with a word changed."
    )
    DigestChoice.objects.create(person=alice, zone="UTC", next_due_at=timezone.now())
    assert titles(digest_of(alice)) == {}  # she was mailed what Rita said, and what waits is Rita's


def test_nothing_is_told_in_two_digests(space, rita, alice):
    making.thread(space, alice)
    assert titles(digest_of(rita)) == {IN_SPACES: ["What worked this week"]}
    OutgoingMail.objects.update(state="sent")

    assert digest_of(rita).number == 0


@pytest.mark.parametrize(("amount", "passages"), [
    ("headlines", [("Alice Amadi", "")]),
    ("excerpts", [("Alice Amadi", "Tell us one thing.")]),
    ("full", [("Alice Amadi", "Tell us one thing."), ("Bob Brandt", "Bob Brandt says thing number 1.")]),
])  # fmt: skip
def test_one_gets_as_much_of_each_as_one_chose(space, rita, alice, bob, amount, passages):
    making.talk(making.thread(space, alice), bob)

    ((told,),) = [part.told for part in digest_of(rita, amount=amount).parts]

    assert [(one.by, one.text) for one in told.item.passages] == passages


def test_what_was_read_on_the_site_is_not_told(client, space, rita, alice, bob):
    read, unread = making.thread(space, alice, subject="Read"), making.thread(space, alice, subject="Half read")
    client.force_login(rita)
    for thread in (read, unread):
        client.get(thread.get_absolute_url())
        ReadMark.objects.mark(rita, thread.pk, 1)
    making.talk(unread, bob)

    (part,) = digest_of(rita).parts

    assert [(told.item.title, told.item.passages[0].by) for told in part.told] == [("Half read", "Bob Brandt")]


def test_what_was_mailed_is_not_told(space, rita, alice, bob, django_capture_on_commit_callbacks, mailoutbox):
    thread = making.thread(space, alice)
    follow(thread, by=rita, level="every reply")
    Post.objects.update(told_at=timezone.now())
    OutgoingMail.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        workflow.reply(thread, by=bob, body="Mailed at once.")
    assert ["Mailed at once." in mail.body for mail in mailoutbox if mail.to == [rita.email]] == [True]

    ((told,),) = [part.told for part in digest_of(rita).parts]

    assert [(one.by, one.text) for one in told.item.passages] == [("Alice Amadi", "Tell us one thing.")]
    assert told.item.note == ""


@pytest.mark.parametrize(("level", "expected"), [
    ("digest", {IN_SPACES: ["Elsewhere"]}), ("muted", {}), ("mentions", {}), ("", {ELSEWHERE: ["Elsewhere"]})
])  # fmt: skip
@pytest.mark.parametrize("of", ["thread", "space"])
def test_how_much_one_hears_decides(rita, alice, level, expected, of):
    topic = making.topic()
    thread = making.thread(topic, alice, subject="Elsewhere")
    follow(thread if of == "thread" else topic, by=rita, level=level)

    assert titles(digest_of(rita)) == expected


def test_what_is_followed_for_the_digest_comes_neither_as_a_mail_nor_the_next_morning(
    space, rita, alice, bob, mailoutbox, django_capture_on_commit_callbacks
):
    thread = making.thread(space, alice)
    follow(thread, by=rita, level="digest")
    with django_capture_on_commit_callbacks(execute=True):
        workflow.reply(thread, by=bob, body="Later will do.")

    assert not OutgoingMail.objects.filter(person=rita).exists()
    assert titles(digest_of(rita)) == {IN_SPACES: ["What worked this week"]}


def test_answers_to_me_come_first(rita, alice, bob):
    topic = making.topic()
    making.talk(making.thread(topic, rita, subject="Mine"), alice)
    Post.objects.update(told_at=timezone.now())  # and no mail of it went out
    making.thread(topic, bob, subject="Not mine")

    assert list(titles(digest_of(rita)).items()) == [(TO_YOU, ["Mine"]), (ELSEWHERE, ["Not mine"])]


@pytest.mark.row("R19")
@pytest.mark.parametrize("what", ["out of the space", "hidden", "withdrawn", "thread hidden", "muted", "read", "removed"])
def test_what_changes_between_posting_and_sending_counts(space, rita, alice, bob, mailoutbox, what):
    kept = making.thread(making.topic(), bob, subject="Still there")
    gone = making.thread(space, alice, subject="Not any more", body="A word for a few.")
    mail = posted_for(rita)

    post = Post.objects.get(thread=gone)
    {
        "out of the space": lambda: space.roles.filter(person=rita).delete(),
        "hidden": lambda: Post.objects.filter(pk=post.pk).update(status="hidden"),
        "withdrawn": lambda: Post.objects.filter(pk=post.pk).update(status="withdrawn"),
        "thread hidden": lambda: Thread.objects.filter(pk=gone.pk).update(status="hidden"),
        "muted": lambda: follow(gone, by=rita, level="muted"),
        "read": lambda: ReadMark.objects.mark(rita, gone.pk, 1),
        "removed": lambda: type(rita.ambassador).objects.filter(user=rita).update(status="removed"),
    }[what]()
    outbox.deliver(mail.pk)

    bodies = [message.body for message in mailoutbox if message.to == [rita.email]]
    assert [("Still there" in body, "Not any more" in body, "A word for a few" in body) for body in bodies] == (
        [] if what == "removed" else [(True, False, False)]
    )
    assert kept.subject == "Still there"


def test_the_two_addresses_of_an_item_lead_to_all_and_to_its_author_alone(space, rita, alice, mailoutbox):
    thread = making.thread(space, alice)
    outbox.deliver(posted_for(rita).pk)
    (mail,) = [message for message in mailoutbox if message.to == [rita.email]]
    to_all, alone = (
        next(word for word in mail.body.split() if word.startswith(f"mailto:{prefix}+")).removeprefix("mailto:").partition("?")[0]
        for prefix in ("reply", "author")
    )

    receive(letter(rita.email, to_all, "I would bring mine too.", Subject="Re: What worked this week"), to_all)
    receive(letter(rita.email, alone, "Between us: I am late.", Subject="Re: What worked this week"), alone)

    assert Post.objects.filter(thread=thread, author=rita).count() == 1
    private = Thread.objects.get(kind="private")
    assert set(private.participants.values_list("person", flat=True)) == {rita.pk, alice.pk}


def test_whoever_only_reads_there_has_no_address_to_all(space, rita, alice):
    space.roles.filter(person=rita).update(role="promoter")
    making.thread(space, alice)

    ((told,),) = [part.told for part in digest_of(rita).parts]

    assert (told.answer_url, told.alone_url.partition("+")[0]) == ("", "mailto:author")


def test_thanks_are_one_line_with_their_number_and_without_names(rita, alice, bob):
    topic = making.topic()
    post = Post.objects.get(thread=making.thread(topic, rita, subject="Mine"))
    for person in (alice, bob):
        Thanks.objects.create(post=post, person=person)

    (part,) = digest_of(rita).parts

    assert (str(part.title), [(told.item.title, told.item.text) for told in part.told]) == (
        "What helped", [("Mine", "What you wrote there helped 2 people.")]
    )  # fmt: skip


def test_a_private_message_that_was_not_mailed_is_told(rita, alice):
    preferences.choose(rita, "private_message", wanted=True)
    workflow.start_private_thread(by=alice, to=rita, subject="A word", body="Shall we?")
    OutgoingMail.objects.all().delete()

    assert titles(digest_of(rita)) == {TO_YOU: ["A word"]}


@pytest.mark.parametrize("number", [1, 3])
def test_what_one_digest_costs_does_not_grow_with_it(space, rita, alice, bob, number):
    topic = making.topic()
    for one in range(number):
        making.talk(making.thread(space, alice, subject=f"Here {one}"), bob)
        making.thread(topic, bob, subject=f"There {one}")
        make.ambassador(f"New {one}")
    mail = posted_for(rita)
    contents.read(mail)  # the texts of the queries are kept from here on
    mail = OutgoingMail.objects.select_related("person__ambassador").get(pk=mail.pk)

    with CaptureQueriesContext(connection) as queries:
        read = contents.read(mail)

    assert [len(part.told) for part in read.parts] == [number, number, number]
    assert len(queries) == 4


def test_what_one_followed_and_switched_off_as_mail_does_not_come_in_by_the_back_door(rita, alice):
    topic = making.topic()
    thread = making.thread(topic, alice, subject="Followed")
    making.talk(thread, alice)
    ReadMark.objects.mark(rita, thread.pk, 1)
    follow(thread, by=rita, level="digest")
    preferences.choose(rita, "thread_post", wanted=False)

    assert titles(digest_of(rita)) == {}


def test_the_day_after_tomorrow_is_not_told_today(space, rita, alice):
    making.thread(space, alice)
    mail = posted_for(rita)
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=5)):
        making.thread(space, alice, subject="Came after it was posted")

    assert titles(contents.read(mail)) == {IN_SPACES: ["What worked this week"]}
