"""The whole matrix of an answer by mail: token x sender x membership x thread (R3)."""

from __future__ import annotations

import itertools

import pytest
from allauth.account.models import EmailAddress
from django.db import transaction

from ambassadors.models import Ambassador
from correspondence.inbound.receiving import receive
from discussions.models import Participant, Post
from tests import make
from tests.correspondence.letters import letter
from tests.discussions.test_inbound import SENDERS, address_for

TOKENS = ("own", "made up", "of another row", "none", "of another prefix")
MEMBERSHIPS = ("active", "paused", "alumni", "removed", "may not sign in")
THREADS = ("open", "closed", "left", "gone")
ENDS = {("active", "open"), ("removed", "gone")}  # a token that names nothing is asked for nothing more: two worlds show it
VERIFIED = {"verified", "second verified", "VERIFIED IN CAPITALS"}


def expected(token: str, sender: str, membership: str, state: str) -> tuple[str, str]:
    """What the four together come to: the token first, then whose it is, then who sends, and the thread at last."""
    if token != "own":
        return ("refused", "unknown address")
    if membership not in {"active", "paused"}:
        return ("refused", "not a member")
    if sender == "other member":
        return ("refused", "other member")
    if sender not in VERIFIED:
        return ("held", "unverified sender")
    return ("posted", "") if state == "open" else ("refused", "not open")


@pytest.mark.row("R3")
def test_every_combination_of_token_sender_membership_and_thread(alice, bob, thread):
    """Each mail comes to a world of its own; whatever is not posted leaves no post behind."""
    make.ambassador("Carla Costa")
    EmailAddress.objects.create(user=bob, email="bob@work.example", verified=True)
    EmailAddress.objects.create(user=bob, email="bob@private.example", verified=False)
    addresses = {token: address_for(token, bob, thread) for token in TOKENS}
    told = {}

    for membership, state in itertools.product(MEMBERSHIPS, THREADS):
        before = transaction.savepoint()
        become(bob, membership)
        turn(thread, bob, state)
        for token, sender in itertools.product(TOKENS if (membership, state) in ENDS else TOKENS[:1], SENDERS):
            each = transaction.savepoint()
            mail = receive(letter(SENDERS[sender], addresses[token], f"{token} {sender}"), addresses[token])
            posts = Post.objects.filter(author=bob).count()
            told[token, sender, membership, state] = (mail.outcome, mail.reason, posts)
            transaction.savepoint_rollback(each)
        transaction.savepoint_rollback(before)

    wrong = {case: got for case, got in told.items() if got != (*expected(*case), int(expected(*case)[0] == "posted"))}
    assert (wrong, len(told)) == ({}, 224)


def become(bob, membership: str) -> None:
    if membership == "may not sign in":
        type(bob).objects.filter(pk=bob.pk).update(is_active=False)
    else:
        Ambassador.objects.filter(user=bob).update(status=membership)


def turn(thread, bob, state: str) -> None:
    if state == "gone":
        type(thread).objects.filter(pk=thread.pk).delete()
    elif state == "left":
        Participant.objects.filter(thread=thread, person=bob).delete()
    elif state == "closed":
        type(thread).objects.filter(pk=thread.pk).update(status="locked")
