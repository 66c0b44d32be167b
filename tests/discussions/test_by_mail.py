"""What one does by mail alone: read, follow, mute, thank. Each address is one person's own, and does one thing."""

from __future__ import annotations

import pytest

from correspondence import outbox
from correspondence.inbound.receiving import receive
from correspondence.models import OutgoingMail
from discussions import workflow
from discussions.by_mail import addresses
from discussions.models import Follow, ReadMark, Thanks
from tests.correspondence.letters import letter
from tests.discussions import making


@pytest.fixture
def space(db):
    return making.topic("Counting what matters")


@pytest.fixture
def talk(alice, space):
    """A conversation that Alice began in a topic, with an answer of hers."""
    thread = workflow.start_thread(space, by=alice, subject="Which questions did you drop?", body="We dropped eleven.")
    workflow.reply(thread, by=alice, body="The parents asked us to.")
    thread.refresh_from_db()
    return thread


def write(person, row, act, words="", **headers):
    address = addresses.address(row, act)
    return receive(letter(person.email, address, words, In_Reply_To="", **headers), address)


def sent_to(person, mailoutbox) -> list:
    """Send what waits for a person and return it, newest last."""
    before = len(mailoutbox)
    for pk in OutgoingMail.objects.filter(person=person, state="queued").order_by("pk").values_list("pk", flat=True):
        outbox.deliver(pk)
    return [mail for mail in mailoutbox[before:] if mail.to == [person.email]]


def test_a_conversation_is_mailed_whole(bob, talk, mailoutbox):
    mail = write(bob, addresses.of_thread(bob, talk), "read")

    (sent,) = sent_to(bob, mailoutbox)
    first, second = talk.posts.in_order()
    assert (mail.outcome, mail.target) == ("posted", talk)
    assert sent.subject == "Which questions did you drop?"
    for part in (sent.body, sent.alternatives[0].content):
        assert part.index("We dropped eleven.") < part.index("The parents asked us to.")
        for post in (first, second):
            assert addresses.address(addresses.of_post(bob, post), "thank") in part
            assert addresses.address(addresses.of_post(bob, post), "author") in part
    assert sent.reply_to == [addresses.address(addresses.of_thread(bob, talk), "reply")]
    assert ReadMark.objects.get(person=bob, thread=talk).number == 2


def test_each_page_of_a_long_conversation_leads_to_the_one_before(alice, bob, talk, mailoutbox):
    for number in range(3, 46):
        workflow.reply(talk, by=alice, body=f"This is number {number}.")
    row = addresses.of_thread(bob, talk)

    write(bob, row, "read")
    write(bob, row, "read", "before 26\n\n-- \nBob Brandt")
    write(bob, row, "read", "before 6")

    newest, earlier, oldest = sent_to(bob, mailoutbox)
    said = [f"This is number {number}." for number in range(3, 46)]
    assert [one for one in said if one in newest.body] == said[23:]
    assert [one for one in said if one in earlier.body] == said[3:23]
    assert [one for one in said if one in oldest.body] == said[:3]
    assert "“before 26”" in newest.body
    assert "“before 6”" in earlier.body
    assert "before" not in oldest.body


def test_what_may_not_be_read_any_more_is_not_mailed(bob, talk, mailoutbox):
    write(bob, addresses.of_thread(bob, talk), "read")
    type(talk).objects.filter(pk=talk.pk).update(status="hidden")

    again = write(bob, addresses.of_thread(bob, talk), "read")

    assert (again.outcome, again.reason) == ("refused", "not open")
    assert [mail.subject for mail in sent_to(bob, mailoutbox)] == ["Not posted: Re: Our survey"]


@pytest.mark.parametrize("whose", ["the space's", "the reader's"])
def test_words_that_stay_out_of_mail_are_not_mailed_to_whoever_asks(bob, space, talk, mailoutbox, whose):
    row = addresses.of_thread(bob, talk)
    thing = space if whose == "the space's" else bob
    type(thing).objects.filter(pk=thing.pk).update(headlines_only=True)

    write(bob, row, "read")

    (sent,) = sent_to(bob, mailoutbox)
    for part in (sent.body, sent.alternatives[0].content):
        assert "eleven" not in part
        assert "The parents" not in part
        assert "Alice Amadi" in part
        assert "(3 words)" in part
        assert "stays out of mail" in part or "You chose to have no words in your mail" in part


def test_the_conversations_of_a_space_and_all_that_is_new_are_mailed(bob, space, talk, mailoutbox):
    write(bob, addresses.of_space(bob, space), "read")
    write(bob, addresses.of_oneself(bob), "read")

    of_space, of_all = sent_to(bob, mailoutbox)
    there = addresses.address(addresses.of_thread(bob, talk), "read")
    assert (of_space.subject, of_all.subject) == ("Conversations in “Counting what matters”", "One conversation with something new")
    assert all(there in part for mail in (of_space, of_all) for part in (mail.body, mail.alternatives[0].content))
    assert addresses.address(addresses.of_space(bob, space), "space") in of_all.body


@pytest.mark.parametrize(
    ("act", "words", "level"),
    [
        ("follow", "", "every reply"),
        ("follow", "Digest.\n\nBob", "digest"),
        ("follow", "mentions", "mentions"),
        ("mute", "", "muted"),
        ("mute", "whatever", "muted"),
    ],
)
@pytest.mark.parametrize("of", ["thread", "space"])
def test_following_and_muting(bob, space, talk, mailoutbox, of, act, words, level):
    row = addresses.of_thread(bob, talk) if of == "thread" else addresses.of_space(bob, space)

    for _time in range(2):
        write(bob, row, act, words)

    assert Follow.objects.get(person=bob).level == level
    answer = sent_to(bob, mailoutbox)[-1]
    assert addresses.address(row, "follow") in answer.body
    assert "“stop”" in answer.body
    write(bob, row, "follow", "stop")
    assert not Follow.objects.filter(person=bob).exists()


@pytest.mark.parametrize("words", ["help", "Hilfe!", "?", "  HELP.  "])
@pytest.mark.parametrize("act", ["read", "follow", "mute", "thank", "space", "private"])
def test_the_word_for_help_does_nothing_but_bring_it(bob, space, talk, act, words):
    row = {
        "thank": lambda: addresses.of_post(bob, talk.posts.get(number=1)),
        "space": lambda: addresses.of_space(bob, space),
        "private": lambda: addresses.of_oneself(bob),
    }.get(act, lambda: addresses.of_thread(bob, talk))()

    mail = write(bob, row, act, words)

    assert (mail.outcome, mail.target) == ("posted", None)
    assert list(OutgoingMail.objects.filter(person=bob).values_list("kind", flat=True)) == ["help_by_mail"]
    assert not Follow.objects.filter(person=bob).exists()
    assert not Thanks.objects.exists()
    assert space.threads.count() == 1


def test_what_cannot_be_understood_comes_back(bob, talk):
    mail = write(bob, addresses.of_thread(bob, talk), "follow", "I would like the second of the two")

    assert mail.outcome == "refused"
    assert not Follow.objects.filter(person=bob).exists()
    assert OutgoingMail.objects.get(person=bob).kind == "mail_returned"


def test_thanks_are_said_once_and_taken_back(alice, bob, talk, mailoutbox):
    post = talk.posts.get(number=2)
    row = addresses.of_post(bob, post)

    for _time in range(2):
        write(bob, row, "thank")

    assert Thanks.objects.filter(post=post, person=bob).count() == 1
    assert "“take it back”" in sent_to(bob, mailoutbox)[-1].body
    write(bob, row, "thank", "Take it back")
    assert not Thanks.objects.exists()
    own = write(alice, addresses.of_post(alice, post), "thank")
    assert (own.outcome, own.why) == ("refused", "Thanks go to somebody else, for words that can be read.")


def test_words_that_nobody_gets_are_given_back(bob, talk, mailoutbox):
    row = addresses.of_post(bob, talk.posts.get(number=1))

    write(bob, row, "thank", "This is just what we needed.\n\nBob")
    write(bob, row, "thank", "")

    with_words, without = sent_to(bob, mailoutbox)
    for part in (with_words.body, with_words.alternatives[0].content):
        assert "went to nobody" in part
        assert "This is just what we needed." in part
    assert "went to nobody" not in without.body


def test_an_address_does_one_thing(bob, talk):
    """The token of one act opens no other, though they hang on one row."""
    row = addresses.of_thread(bob, talk)
    outcomes = {}
    for act in ("read", "follow", "mute"):
        for other in ("reply", "read", "follow", "mute", "thank", "author", "space", "private"):
            token = row.as_address(act).partition("+")[2]
            address = f"{other}+{token}@mail.example.org"
            mail = receive(letter(bob.email, address, "Hello", In_Reply_To=""), address)
            outcomes[act, other] = (mail.outcome, mail.reason)

    opened = {pair for pair, outcome in outcomes.items() if outcome != ("refused", "unknown address")}
    assert opened == {("read", "read"), ("follow", "follow"), ("mute", "mute")}
