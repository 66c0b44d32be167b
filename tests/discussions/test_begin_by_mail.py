"""Beginning conversations by mail: in a space, and privately with those whom the first line names."""

from __future__ import annotations

import pytest

from correspondence.inbound.receiving import receive
from correspondence.models import InboundMail, OutgoingMail
from discussions.by_mail import addresses
from discussions.models import Block, Participant, Post, SpaceRole, Thread
from discussions.words import to_plain
from tests import make
from tests.correspondence.letters import letter
from tests.discussions import making
from tests.discussions.test_by_mail import sent_to


def begin(person, row, words, subject, **headers) -> InboundMail:
    address = addresses.address(row, row.prefix)
    return receive(letter(person.email, address, words, Subject=subject, In_Reply_To="", **headers), address)


@pytest.mark.parametrize("kind", ["topic", "space"])
def test_a_mail_begins_a_conversation(alice, bob, mailoutbox, kind):
    space = making.topic("Everyday questions") if kind == "topic" else making.micro(bob, "Winter school")

    mail = begin(
        bob, addresses.of_space(bob, space), "We dropped eleven.\n\nWhich did you?\n\n-- \nBob\n", "Fwd: Which  questions?"
    )

    thread = Thread.objects.get(space=space)
    post = Post.objects.get(thread=thread)
    assert (mail.outcome, mail.target) == ("posted", thread)
    assert (thread.subject, thread.started_by, post.via) == ("Which questions?", bob, "mail")
    assert to_plain(post.body) == "We dropped eleven.\n\nWhich did you?"
    (sent,) = sent_to(bob, mailoutbox)
    assert sent.subject == "It stands: Which questions?"
    assert thread.get_absolute_url() in sent.body
    assert addresses.address(addresses.of_thread(bob, thread), "reply") in sent.body


def test_a_subject_that_is_too_long_is_said_whole_in_the_words(bob):
    space, subject = making.topic(), "Which questions " * 12

    begin(bob, addresses.of_space(bob, space), "Tell us.", subject)

    thread = Thread.objects.get(space=space)
    assert thread.subject == " ".join(subject.split())[:150]
    assert to_plain(thread.posts.get().body) == f"{subject.strip()}\n\nTell us."


@pytest.mark.parametrize(
    ("role", "status", "subject", "words", "outcome"),
    [
        ("advisor", "active", "A thought", "Here it is.", ("refused", "not open")),
        ("participant", "ended", "A thought", "Here it is.", ("refused", "not open")),
        ("", "active", "A thought", "Here it is.", ("refused", "not open")),
        ("participant", "active", "", "Here it is.", ("refused", "not clear")),
        ("participant", "active", "A thought", "", ("refused", "empty")),
        ("participant", "active", "A thought", "x" * 60_000, ("refused", "too large")),
    ],
)
def test_what_the_site_would_not_take_is_not_taken_by_mail(alice, bob, role, status, subject, words, outcome):
    space = making.micro(alice, "Winter school")
    making.join(space, bob)
    row = addresses.of_space(bob, space)
    SpaceRole.objects.filter(space=space, person=bob).update(role=role) if role else SpaceRole.objects.filter(person=bob).delete()
    type(space).objects.filter(pk=space.pk).update(status=status)

    mail = begin(bob, row, words, subject)

    assert (mail.outcome, mail.reason) == outcome
    assert not Thread.objects.exists()
    assert OutgoingMail.objects.get(person=bob).kind == "mail_returned"


def test_the_same_twice_waits_for_a_word(bob):
    space = making.topic()
    row = addresses.of_space(bob, space)

    outcomes = [begin(bob, row, "Tell us.", "Which questions?").outcome for _time in range(2)]

    assert outcomes == ["posted", "held"]
    assert Thread.objects.count() == 1


@pytest.mark.parametrize(
    ("words", "subject", "told"),
    [
        ("To: Alice Amadi, Carla Costa\n\nShall we meet?", "Our survey", "Our survey"),
        ("to: alice amadi\nto: Carla\n\nShall we meet?", "Our survey", "Our survey"),
        ("An: Alice und carla-costa\nShall we meet?", "", "Shall we meet?"),
        ("Shall we meet?", "To: Alice Amadi and Carla Costa", "Shall we meet?"),
        ("To: Alice Amadi <alice@somewhere.example>; /ambassadors/carla-costa/\n\nShall we meet?", "Re: Our survey", "Our survey"),
    ],
)
def test_a_private_conversation_is_begun_with_whom_the_mail_names(alice, bob, mailoutbox, words, subject, told):
    carla = make.ambassador("Carla Costa")

    mail = begin(bob, addresses.of_oneself(bob), words, subject)

    thread = Thread.objects.get()
    assert (mail.outcome, mail.reason, mail.target) == ("posted", "", thread)
    assert (thread.kind, thread.subject) == ("private", told)
    assert list(Participant.objects.values_list("person", flat=True)) == [bob.pk, alice.pk, carla.pk]
    assert to_plain(thread.posts.get().body) == "Shall we meet?"
    (sent,) = sent_to(bob, mailoutbox)
    assert "is with Alice Amadi, Carla Costa, and nobody else can read it." in sent.body


def test_a_name_that_fits_several_brings_the_words_back_with_links_that_work(alice, bob, mailoutbox):
    amadi, okafor = make.ambassador("Maya Amadi"), make.ambassador("Maya Okafor")

    mail = begin(bob, addresses.of_oneself(bob), "To: Maya, Alice\n\nShall we meet?", "Our survey")

    assert (mail.outcome, mail.reason) == ("refused", "not clear")
    assert not Thread.objects.exists()
    (sent,) = sent_to(bob, mailoutbox)
    assert "Several people are called Maya." in sent.body
    for one in (amadi, okafor):
        link = f"?subject=Our%20survey&body=To%3A%20{one.name.replace(' ', '%20')}%2C%20Alice%0D%0A%0D%0AShall%20we%20meet%3F"
        assert link in sent.body
        assert link.replace("&", "&amp;") in sent.alternatives[0].content
    begin(bob, addresses.of_oneself(bob), f"To: {okafor.name}, Alice\r\n\r\nShall we meet?", "Our survey")
    assert list(Participant.objects.values_list("person__name", flat=True)) == ["Bob Brandt", "Maya Okafor", "Alice Amadi"]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("Shall we meet?", "It does not say whom it is for."),
        ("To: Zoltan Zzz\n\nShall we meet?", "We found nobody called Zoltan Zzz."),
        ("To: bob-brandt@people.example.org\n\nShall we?", "People are found by their names here, not by their addresses"),
        ("To: alice-amadi@people.example.org\n\nShall we?", "People are found by their names here, not by their addresses"),
        ("To: Bob Brandt\n\nShall I?", "We found nobody called Bob Brandt."),
        ("To: a, b, c, d, e, f, g, h\n\nShall we?", "A private conversation has room for eight people, you included."),
        ("To: Alice Amadi", "We found no words in it."),
    ],
)
def test_whom_nobody_can_tell_gets_nothing(alice, bob, mailoutbox, words, why):
    mail = begin(bob, addresses.of_oneself(bob), words, "Our survey")

    assert (mail.outcome, mail.reason) == ("refused", "empty" if "no words" in why else "not clear")
    assert not Thread.objects.exists()
    (sent,) = sent_to(bob, mailoutbox)
    assert why in sent.body
    assert words.splitlines()[-1] in sent.body


def test_whoever_is_not_found_here_is_not_found_by_mail(alice, bob, mailoutbox):
    """A former member's name is nobody's; whether somebody has an address here is told to nobody."""
    make.ambassador("Ines Ibarra", status="alumni")

    mail = begin(bob, addresses.of_oneself(bob), "To: Ines Ibarra\n\nAre you well?", "Hello")

    assert mail.outcome == "refused"
    assert "For Ines" not in sent_to(bob, mailoutbox)[0].body


def test_a_block_is_told_as_on_the_site(alice, bob):
    Block.objects.create(person=alice, blocked=bob)

    mail = begin(bob, addresses.of_oneself(bob), "To: Alice Amadi\n\nWill you?", "Hello")

    assert (mail.outcome, mail.why) == (
        "refused",
        "This cannot be sent: the two of you exchange no private messages at the moment.",
    )
    assert not Thread.objects.exists()


def test_the_address_of_one_space_begins_nothing_in_another(bob):
    here, there = making.topic("Here"), making.topic("There")

    begin(bob, addresses.of_space(bob, here), "Words.", "In There, please")

    assert list(Thread.objects.values_list("space__name", flat=True)) == ["Here"]
    assert there.threads.count() == 0
