"""The corpus through the outer door: what a person wrote is posted, and what is refused comes back with their words, once."""

from __future__ import annotations

import re

import pytest

from correspondence import outbox
from correspondence.inbound.parsing import parse
from correspondence.inbound.receiving import receive
from correspondence.models import OutgoingMail
from discussions import workflow
from discussions.models import Post
from discussions.words import to_plain
from tests.correspondence.corpus.reading import bare_lines, cases, names_in, passages
from tests.correspondence.letters import reply_address

FAILS_NOW = names_in("fails_now.txt")
WORDS_ONLY = [
    case
    for case in [*cases("seen"), *cases("held back")]
    if case.name not in FAILS_NOW and isinstance(case.expected.get("new"), str) and not case.expected.get("attachments")
]
POSTED = [case for case in WORDS_ONLY if case.expected["new"]][::3]
COMING_BACK = [case for case in WORDS_ONLY if case.expected["new"]][1::8] + [
    case for case in WORDS_ONLY if not case.expected["new"]
]
HEADING = re.compile(r"^#+ ", re.MULTILINE)  # which a post shows as one
NUMBER = re.compile(r"^(\d+)\) ", re.MULTILINE)  # a post shows a list with points
FROM = re.compile(rb"^(From: (?:.*\r?\n[ \t])*.*)<[^<>\r\n]*>", re.MULTILINE)


@pytest.fixture
def thread(alice, bob):
    """A private thread: Alice wrote to Bob."""
    return workflow.start_private_thread(by=alice, to=bob, subject="Spring plans", body="Shall we compare notes?")


def from_person(person, case):
    """The message as if this person had sent it under its writer's name, as an answer."""
    head = rf"\1<{person.email}>\nIn-Reply-To: <post-1@mail.example.org>"
    return FROM.sub(head.encode(), case.raw.replace(b"\nIn-Reply-To:", b"\nX-In-Reply-To:", 1), count=1)


@pytest.mark.row("D3")
@pytest.mark.parametrize("case", POSTED, ids=lambda case: case.name)
def test_what_somebody_wrote_is_posted_and_what_they_quoted_is_folded(bob, thread, case):
    mail = receive(from_person(bob, case), reply_address(bob, thread))

    assert (mail.outcome, mail.reason) == ("posted", "")
    post = Post.objects.get(thread=thread, number=2)
    assert passages(to_plain(post.body)) == passages(NUMBER.sub(r"\1. ", HEADING.sub("", case.expected["new"])))
    assert bare_lines(post.quoted) == bare_lines(parse(from_person(bob, case)).folded_text)


@pytest.mark.row("D3")
@pytest.mark.parametrize("case", COMING_BACK, ids=lambda case: case.name)
def test_what_is_refused_comes_back_in_one_mail_that_holds_the_words(bob, thread, case, mailoutbox):
    address = reply_address(bob, thread)
    if case.expected["new"]:
        thread.delete()
    OutgoingMail.objects.all().delete()

    mail = receive(from_person(bob, case), address)
    receive(from_person(bob, case), address)

    assert mail.outcome == "refused"
    [answer] = OutgoingMail.objects.filter(kind="mail_returned")
    outbox.deliver(answer.pk)
    [sent] = mailoutbox
    assert sent.to == [bob.email]
    assert set(bare_lines(parse(case.raw).text)) <= set(bare_lines(sent.body))
