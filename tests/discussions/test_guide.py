"""What the help mail offers: what would work for this person now, and nothing else."""

from __future__ import annotations

import pytest

from correspondence.inbound.guide import chapters_for
from correspondence.inbound.receiving import receive
from correspondence.models import OutgoingMail
from discussions.models import Question, Responder
from discussions.prompts import lineup
from discussions.spaces.workflow import end_space
from tests import make
from tests.correspondence.letters import letter
from tests.discussions import asking_making, making, prompting


def offered(person) -> dict[str, str]:
    """Each line of the help mail with its address."""
    chapters = chapters_for(person)
    return {offer.line: offer.letter.address for chapter in chapters for offer in chapter.offers if offer.letter}


def use(person, line: str, words: str) -> tuple[str, str]:
    (address,) = {address for told, address in offered(person).items() if line in told}
    mail = receive(letter(person.email, address, words, Subject="Re: Hosting a first evening"), address)
    return (mail.outcome, mail.reason)


@pytest.fixture
def session(alice):
    return asking_making.opened(alice)


def test_a_host_answers_what_waits_and_others_ask(alice, bob, session):
    subject = session.thread.subject
    (line,) = [line for line in offered(bob) if line.startswith("Ask Alice Amadi")]
    address = offered(bob)[line]

    asked = receive(letter(bob.email, address, "How do you begin?", Subject=f"Re: {subject}", In_Reply_To=""), address)
    question = Question.objects.get()

    assert (asked.outcome, question.asker) == ("posted", bob)
    assert not [line for line in offered(alice) if line.startswith("Ask ")]
    assert use(alice, "Answer: How do you begin?", "With soup.") == ("posted", "")
    question.refresh_from_db()
    assert question.status == "answered"
    assert not [line for line in offered(alice) if line.startswith("Answer: ")]


def test_whoever_is_asked_to_answer_a_prompt_first_says_yes(alice):
    space = making.micro(alice, openness="open")
    mira = making.join(space, make.ambassador("Mira Moss"))
    prompt = prompting.series(space, alice)
    lineup.ask(prompting.next_round(prompt), mira, by=alice)

    assert use(mira, "Would you answer “On the bench” first?", "Yes, gladly.") == ("posted", "")
    assert Responder.objects.get().status == "accepted"
    assert not [line for line in offered(mira) if line.startswith("Would you")]


def test_only_spaces_in_which_one_may_begin_are_offered(alice, bob):
    making.topic("Everyday questions")
    closed, read_only = making.micro(alice, "Winter school"), making.micro(alice, "Advice")
    making.join(read_only, bob, "advisor")

    assert [line for line in offered(bob) if line.startswith("In “")] == ["In “Everyday questions”, for all ambassadors."]
    making.join(closed, bob)
    assert "In “Winter school”, for its people." in offered(bob)
    end_space(closed, by=alice, note="We met, and that was it.")
    assert "In “Winter school”, for its people." not in offered(bob)


def test_only_mail_that_one_gets_can_be_stopped(bob):
    for kind, state in (("thread_post", "sent"), ("mention", "queued"), ("login_code", "sent")):
        OutgoingMail.objects.create(kind=kind, person=bob, key=kind, state=state)

    assert [line for line in offered(bob) if line.startswith("No more of")] == ["No more of: Conversations you follow"]
    assert use(bob, "No more of", "stop") == ("posted", "")
    assert not [line for line in offered(bob) if line.startswith("No more of")]
