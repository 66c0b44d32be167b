"""Answers by mail: who may say what under whose name (R3), once (R4), and with their words given back when not."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress

from ambassadors.models import Ambassador
from correspondence.inbound.receiving import receive
from correspondence.models import InboundMail, OutgoingMail
from discussions.models import Participant, Post
from discussions.words import to_plain
from tests import make
from tests.correspondence.letters import letter, reply_address


def outcome_of(mail: InboundMail) -> tuple[str, str]:
    return (mail.outcome, mail.reason)


def test_an_answer_by_mail_is_posted(alice, bob, thread):
    address = reply_address(bob, thread)

    mail = receive(letter("Bob <bob-brandt@people.example.org>", address, "Yes, gladly.\n\n> Shall we compare notes?\n"), address)

    post = Post.objects.get(thread=thread, number=2)
    assert outcome_of(mail) == ("posted", "")
    assert (post.author, post.via, to_plain(post.body), post.quoted) == (bob, "mail", "Yes, gladly.", "> Shall we compare notes?")
    assert mail.target == post
    assert OutgoingMail.objects.get(about={"post": post.pk}).person == alice


MATRIX = {
    # token, sender, membership, thread: outcome, reason, posts
    ("own", "verified", "active", "open"): ("posted", "", 1),
    ("own", "second verified", "active", "open"): ("posted", "", 1),
    ("own", "VERIFIED IN CAPITALS", "active", "open"): ("posted", "", 1),
    ("own", "verified", "paused", "open"): ("posted", "", 1),
    ("own", "unverified", "active", "open"): ("held", "unverified sender", 0),
    ("own", "stranger", "active", "open"): ("held", "unverified sender", 0),
    ("own", "nobody", "active", "open"): ("held", "unverified sender", 0),
    ("own", "two senders", "active", "open"): ("held", "unverified sender", 0),
    ("own", "other member", "active", "open"): ("refused", "other member", 0),
    ("own", "verified", "alumni", "open"): ("refused", "not a member", 0),
    ("own", "verified", "removed", "open"): ("refused", "not a member", 0),
    ("own", "stranger", "removed", "open"): ("refused", "not a member", 0),
    ("own", "verified", "may not sign in", "open"): ("refused", "not a member", 0),
    ("own", "verified", "active", "gone"): ("refused", "not open", 0),
    ("own", "verified", "active", "left"): ("refused", "not open", 0),
    ("made up", "verified", "active", "open"): ("refused", "unknown address", 0),
    ("of another row", "verified", "active", "open"): ("refused", "unknown address", 0),
    ("none", "verified", "active", "open"): ("refused", "unknown address", 0),
    ("of another prefix", "verified", "active", "open"): ("refused", "unknown address", 0),
}
SENDERS = {
    "verified": "bob-brandt@people.example.org",
    "second verified": "bob@work.example",
    "VERIFIED IN CAPITALS": "BOB-Brandt@People.Example.ORG",
    "unverified": "bob@private.example",
    "stranger": "mallory@elsewhere.example",
    "nobody": "",
    "two senders": "bob-brandt@people.example.org, mallory@elsewhere.example",
    "other member": "carla-costa@people.example.org",
}


def address_for(token, bob, thread) -> str:
    own = reply_address(bob, thread)
    local_part, domain = own.split("@")
    flipped = "a" if local_part[-1] != "a" else "b"
    return {
        "own": own,
        "made up": f"{local_part[:-1]}{flipped}@{domain}",
        "of another row": f"reply+{'c' if local_part[6:-32] == 'b' else 'b'}{local_part[-32:]}@{domain}",
        "none": f"reply@{domain}",
        "of another prefix": f"space{local_part[5:]}@{domain}",
    }[token]


@pytest.mark.row("R3")
@pytest.mark.parametrize(("case", "expected"), MATRIX.items(), ids=lambda value: " / ".join(map(str, value)))
def test_token_sender_membership_and_thread_must_agree(alice, bob, thread, case, expected):
    token, sender, membership, state = case
    make.ambassador("Carla Costa")
    EmailAddress.objects.create(user=bob, email="bob@work.example", verified=True)
    EmailAddress.objects.create(user=bob, email="bob@private.example", verified=False)
    address = address_for(token, bob, thread)
    if membership == "may not sign in":
        type(bob).objects.filter(pk=bob.pk).update(is_active=False)
    else:
        Ambassador.objects.filter(user=bob).update(status=membership)
    if state == "gone":
        thread.delete()
    elif state == "left":
        Participant.objects.filter(thread=thread, person=bob).delete()

    mail = receive(letter(SENDERS[sender], address), address)

    outcome, reason, posts = expected
    assert outcome_of(mail) == (outcome, reason)
    assert Post.objects.filter(author=bob).count() == posts
