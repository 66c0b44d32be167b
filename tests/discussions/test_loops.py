"""Programs that answer programs (R5): a hundred rounds, at most one post, and never a word of ours."""

from __future__ import annotations

from email.utils import parseaddr

import pytest

from correspondence import outbox
from correspondence.inbound.receiving import receive
from correspondence.models import InboundMail, OutgoingMail, ReplyAddress
from discussions import workflow
from discussions.models import Post
from foundation.models import Community
from tests.correspondence.letters import letter, reply_address

AWAY = "Thank you for your mail. I am out of the office until Monday and will answer when I am back."
MACHINES = {
    "as RFC 3834 asks": ({"Auto_Submitted": "auto-replied", "Subject": "Re: Our survey"}, AWAY, 100),
    "with no header, and other words each time": ({}, AWAY + " (Notice {number})", 100),
    "by an old header": ({"Precedence": "auto_reply"}, AWAY, 6),
    "by the subject": ({"Subject": "Automatic reply: Our survey"}, AWAY, 6),
    "with no header, in German": ({}, "Ich bin bis Montag im Urlaub und danach wieder erreichbar. ({number})", 6),
    "with no header, in Japanese": ({}, "ただいま不在にしております。{number}", 6),
}


def answers_of_a_program(message, headers, words) -> list[tuple[bytes, str]]:
    """What a program answers to one of our mails: to Reply-To and to the envelope sender, for programs do both."""
    told = {"In_Reply_To": message.extra_headers["Message-ID"], **headers}
    return [(letter(message.to[0], to, words, **told), to) for to in (parseaddr(message.reply_to[0])[1], message.from_email)]


@pytest.mark.row("R5")
@pytest.mark.parametrize(("headers", "words", "rounds"), MACHINES.values(), ids=MACHINES)
def test_two_answering_mailboxes(alice, bob, staff, thread, mailoutbox, headers, words, rounds):
    """A program in either mailbox answers whatever we send, and what that makes us send, too; when all is quiet somebody writes again."""
    Community.objects.update_or_create(pk=1, defaults={"name": "Riverside Circle", "mails_a_day": 1000})
    answered, written = 0, Post.objects.count()

    for _turn in range(3 * rounds):
        if answered >= rounds:
            break
        for pk in OutgoingMail.objects.filter(state="queued").values_list("pk", flat=True):
            outbox.deliver(pk)
        if not mailoutbox:
            written = workflow.say(thread, by=(alice, bob)[written % 2], body=f"Are you there? {answered}").number
        for message in [mailoutbox.pop(0) for _ in range(len(mailoutbox))]:
            answered += 1
            for raw, to in answers_of_a_program(message, headers, words.format(number=answered)):
                receive(raw, to)

    assert answered >= rounds
    assert Post.objects.filter(via="mail").count() <= 1
    assert set(OutgoingMail.objects.values_list("kind", flat=True)) == {"private_message"}


def test_somebody_who_writes_about_being_away_is_posted_later_and_waits_when_at_once(alice, bob, thread, mailoutbox):
    address = reply_address(bob, thread)
    late = receive(letter(bob.email, address, "I am away next week. Shall we take the one after?"), address)
    for row in OutgoingMail.objects.filter(person=bob):
        outbox.deliver(row.pk)

    at_once = receive(letter(bob.email, address, "I am away until Monday."), address)

    assert (late.outcome, at_once.outcome, at_once.reason) == ("posted", "held", "perhaps automatic")
    assert at_once.answered is False


def test_reading_and_thanking_takes_nobody_the_word(alice, bob, thread, monkeypatch):
    """What needs no words is counted apart, and limited apart: not as long as one reads may one write less."""
    monkeypatch.setattr("correspondence.inbound.loops.POSTS_AN_HOUR", 2)
    monkeypatch.setattr("correspondence.inbound.loops.POSTS_IN_TEN_MINUTES", 2)
    monkeypatch.setattr("correspondence.inbound.loops.ACTS_AN_HOUR", 4)
    read = f"{ReplyAddress.objects.of('reply', bob, thread).as_address('read')}@mail.example.org"
    address = reply_address(bob, thread)

    acts = [receive(letter(bob.email, read, "", In_Reply_To=""), read).outcome for _time in range(5)]
    posts = [receive(letter(bob.email, address, f"No {number}"), address).outcome for number in range(3)]

    assert acts == ["posted"] * 4 + ["held"]
    assert posts == ["posted", "posted", "held"]


def test_more_than_people_write_into_one_conversation_waits(alice, bob, thread, monkeypatch):
    monkeypatch.setattr("correspondence.inbound.loops.POSTS_IN_TEN_MINUTES", 3)
    address, hers = reply_address(bob, thread), reply_address(alice, thread)

    mails = [
        receive(letter(sender.email, to, f"No {number}"), to)
        for number in range(3)
        for sender, to in ((bob, address), (alice, hers))
    ]

    assert [(mail.outcome, mail.reason) for mail in mails] == [("posted", "")] * 3 + [("held", "too many")] * 3
    assert [mail.answered for mail in mails] == [False] * 3 + [True, True, False]


@pytest.mark.row("R5")
def test_our_own_mail_sent_back_without_its_headers_is_not_posted(alice, bob, thread, mailoutbox):
    for row in OutgoingMail.objects.filter(person=bob):
        outbox.deliver(row.pk)
    (message,) = mailoutbox
    address = reply_address(bob, thread)
    rewrapped = "\n".join(word for word in message.body.split(" "))

    mails = [
        receive(letter(bob.email, address, words, Subject="Our survey", In_Reply_To=""), address)
        for words in (message.body, rewrapped)
    ]
    answer = receive(
        letter(bob.email, address, f"Gladly, on Tuesday at ten, in the blue room behind the stairs.\n\n{message.body}"), address
    )

    assert [(mail.outcome, mail.reason) for mail in mails] == [("ignored", "own mail")] * 2
    assert answer.outcome == "posted"


@pytest.mark.row("R5")
def test_one_mail_to_many_of_our_addresses_comes_back_once(bob, thread, mailoutbox):
    raw = letter(bob.email, "nobody@mail.example.org")

    for number in range(5):
        receive(raw, f"nobody-{number}@mail.example.org")

    assert InboundMail.objects.filter(outcome="refused").count() == 5
    assert OutgoingMail.objects.filter(kind="mail_returned").count() == 1
