"""The doors of taking part by mail: token x sender x membership x state (R3), one act for one thing (R2), no loops (R5), and what they cost."""

from __future__ import annotations

import itertools
from email.utils import parseaddr

import pytest
from allauth.account.models import EmailAddress
from django.db import transaction

from ambassadors.models import Ambassador
from correspondence import outbox
from correspondence.inbound.receiving import receive
from correspondence.models import InboundMail, OutgoingMail, ReplyAddress
from correspondence.rendering import message_for
from discussions import workflow
from discussions.by_mail import addresses
from discussions.models import Follow, Post, SpaceRole, Thanks, Thread
from foundation.models import Community
from tests import make
from tests.correspondence.letters import letter
from tests.discussions import making
from tests.discussions.test_inbound import SENDERS

WORDS = {"follow": "digest", "space": "What do you think?", "private": "To: Alice Amadi\n\nMay I call you?"}
ACTS = ("read", "follow", "mute", "thank", "space", "private")
MEMBERSHIPS = ("active", "alumni", "may not sign in")
STATES = ("open", "closed", "left", "gone")
WHO = ("verified", "second verified", "unverified", "nobody", "other member")


@pytest.fixture
def school(alice, bob):
    """A closed space of Alice's, in which Bob takes part."""
    space = making.micro(alice, "Winter school")
    making.join(space, bob)
    return space


@pytest.fixture
def talk(alice, school):
    return making.thread(school, alice)


@pytest.fixture
def rows(bob, school, talk):
    """The row that each act of Bob's hangs on."""
    of_thread, post = addresses.of_thread(bob, talk), addresses.of_post(bob, talk.posts.get())
    own = {"thank": post, "space": addresses.of_space(bob, school), "private": addresses.of_oneself(bob)}
    return {act: own.get(act, of_thread) for act in ACTS}


def send(sender: str, to: str, act: str, subject: str = "Something else", **headers) -> InboundMail:
    return receive(letter(sender, to, WORDS.get(act, ""), Subject=subject, In_Reply_To="", **headers), to)


def turn(state: str, bob, school, talk) -> None:
    if state == "closed":
        type(school).objects.filter(pk=school.pk).update(status="ended")
    elif state == "left":
        SpaceRole.objects.filter(space=school, person=bob).delete()
    elif state == "gone":
        Thread.objects.filter(pk=talk.pk).delete()
        type(school).objects.filter(pk=school.pk).delete()


def become(bob, membership: str) -> None:
    if membership == "may not sign in":
        type(bob).objects.filter(pk=bob.pk).update(is_active=False)
    else:
        Ambassador.objects.filter(user=bob).update(status=membership)


def done(bob) -> int:
    """How much came of it: a word kept, a conversation, or something mailed to be read."""
    read = OutgoingMail.objects.filter(person=bob, kind__startswith="read_").count()
    return read + sum(
        [
            Follow.objects.filter(person=bob).exclude(level="every reply").count(),
            Thanks.objects.count(),
            Thread.objects.filter(started_by=bob).count(),
        ]
    )


def expected(act: str, sender: str, membership: str, state: str) -> tuple[str, str]:
    if membership != "active":
        return ("refused", "not a member")
    if sender == "other member":
        return ("refused", "other member")
    if sender not in {"verified", "second verified"}:
        return ("held", "unverified sender")
    takes = {"private": STATES, "space": ("open",)}.get(act, ("open", "closed"))
    return ("posted", "") if state in takes else ("refused", "not open")


@pytest.mark.row("R3")
def test_token_sender_membership_and_state_must_agree_at_each_door(alice, bob, school, talk, rows):
    make.ambassador("Carla Costa")
    EmailAddress.objects.create(user=bob, email="bob@work.example", verified=True)
    told = {}

    for membership, state in itertools.product(MEMBERSHIPS, STATES):
        before = transaction.savepoint()
        become(bob, membership)
        turn(state, bob, school, talk)
        for act, sender in itertools.product(ACTS, WHO if state == "open" else WHO[:1]):
            each = transaction.savepoint()
            mail = send(SENDERS[sender], addresses.address(rows[act], act), act)
            told[act, sender, membership, state] = (mail.outcome, mail.reason, done(bob))
            transaction.savepoint_rollback(each)
        transaction.savepoint_rollback(before)

    wrong = {case: got for case, got in told.items() if got != (*expected(*case), int(expected(*case)[0] == "posted"))}
    assert (wrong, len(told)) == ({}, 144)


@pytest.mark.row("R2")
def test_a_token_does_its_own_act_on_its_own_thing_and_opens_no_other(alice, bob, school, talk, rows):
    """Whatever stands before it, and wherever its row is changed; nobody is signed in by any."""
    others = ("reply", "author", "question", "update", "prompt", "slate", "nominate", "confirm", "unsubscribe", *ACTS)
    opened = set()
    for act in ACTS:
        prefix, token = rows[act].as_address(act).split("+")
        flipped = f"{token[:-1]}{'a' if token[-1] != 'a' else 'b'}"
        elsewhere = f"{'c' if token[0] == 'b' else 'b'}{token[1:]}"
        tries = [*((other, token) for other in others), (prefix, flipped), (prefix, elsewhere), (prefix, "")]
        for other, used in tries:
            each = transaction.savepoint()
            mail = send(bob.email, f"{other}+{used}@mail.example.org", act)
            if mail.outcome not in {"refused", "ignored"}:
                opened.add((act, other, used == token))
            transaction.savepoint_rollback(each)

    assert opened == {(act, act, True) for act in ACTS}
    assert not bob.last_login


@pytest.mark.row("R5")
def test_a_program_that_answers_is_done_with_at_once_at_each_door(alice, bob, school, talk, rows, mailoutbox):
    """A hundred answers of an automatic program to what the doors mail: nothing is posted, and nothing more is mailed."""
    away = "Thank you for your mail. I am out of the office until Monday and will answer when I am back. ({number})"
    for act in ACTS:
        assert send(bob.email, addresses.address(rows[act], act), act, subject=f"One {act}").outcome == "posted"
    for pk in OutgoingMail.objects.filter(person=bob).values_list("pk", flat=True):
        outbox.deliver(pk)
    sent, posts, mails = [mail for mail in mailoutbox if mail.to == [bob.email]], Post.objects.count(), OutgoingMail.objects.count()
    assert len(sent) == 6

    for number, message in zip(range(50), itertools.cycle(sent), strict=False):
        for to in (parseaddr(message.reply_to[0])[1], message.from_email):
            headers = {"In_Reply_To": message.extra_headers["Message-ID"]} | (
                {"Auto_Submitted": "auto-replied"} if number % 2 else {}
            )
            receive(letter(bob.email, to, away.format(number=number), Subject=f"Re: {message.subject}", **headers), to)

    assert (Post.objects.count(), OutgoingMail.objects.count()) == (posts, mails)


def test_machines_mail_does_nothing_at_any_door(bob, school, talk, rows):
    for act in ACTS:
        mail = send(bob.email, addresses.address(rows[act], act), act, Auto_Submitted="auto-generated")
        assert (mail.outcome, mail.reason) == ("ignored", "automatic")

    assert done(bob) == 0


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("kind", "queries"), [("read_thread", 6), ("read_space", 5), ("read_all", 9), ("help_by_mail", 20)])
def test_what_is_mailed_costs_the_same_for_one_as_for_three(alice, bob, django_assert_num_queries, kind, queries, number):
    Community.found()
    spaces = [making.topic(f"Topic {one}") for one in range(number)]
    threads = [making.thread(space, alice, subject=f"In {space.name}") for space in spaces]
    for one in range(number - 1):
        workflow.reply(threads[0], by=alice, body=f"And {one}.")
        making.thread(spaces[0], alice, subject=f"More {one}")
    about = {"read_thread": {"thread": threads[0].pk, "before": None}, "read_space": {"space": spaces[0].pk, "before": None}}
    mail = OutgoingMail.objects.create(kind=kind, person=bob, key=kind, about=about.get(kind, {}))
    message_for(mail)
    made = ReplyAddress.objects.count()

    with django_assert_num_queries(queries):
        message_for(mail)

    assert ReplyAddress.objects.count() == made
