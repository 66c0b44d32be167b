"""Prompts by mail, over a real mail server: asked and answered, given early, opened, and what one said the last time."""

from __future__ import annotations

import pytest
from time_machine import travel

from correspondence.inbound.receiving import receive
from discussions.models import Post, PromptRound, Responder, Thread
from discussions.prompts import lineup, planning
from foundation.models import RoleLabel
from tests import make
from tests.correspondence.conftest import smtp  # noqa: F401  the mail server
from tests.discussions import making, prompting
from tests.discussions.test_round_trip import answered

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture
def mira(alice):
    """Mira sits in Alice's space, in which a weekly series has begun."""
    mira = make.ambassador("Mira Moss")
    label = RoleLabel.objects.create(name="Practitioner")
    mira.ambassador.role_labels.add(label)
    with prompting.at(prompting.MONDAY):
        space = making.micro(alice, openness="open")
        making.join(space, mira)
        prompting.series(space, alice)
    return mira


def to(smtp, person) -> list:  # noqa: F811
    """The mails that a person got, the oldest first."""
    return [message for message in smtp.messages if message["To"].addresses[0].addr_spec == person.email]


def text_of(message) -> str:
    return message.get_body(("plain",)).get_content().replace("\r\n", "\n")


def reply_to(message) -> str:
    return message["Reply-To"].addresses[0].addr_spec


def say(message, person, words: str) -> str:
    """Answer a mail; what became of the answer."""
    raw = answered(message, person.email, words).replace(b"Bob B.", person.name.encode())
    mail = receive(raw, reply_to(message))
    return mail.reason or mail.outcome


def asked(mira) -> Responder:
    return lineup.ask(
        PromptRound.objects.get(status="planned"), mira, by=PromptRound.objects.get(status="planned").prompt.facilitator
    )


@pytest.mark.parametrize(
    ("words", "status", "word"),
    [
        ("Yes, but I may be late.", "accepted", "but I may be late."),
        ("Gladly!", "accepted", ""),
        ("Not this time, sorry: inspection week.", "declined", "sorry: inspection week."),
        ("No.", "declined", ""),
    ],
)
def test_yes_or_no_by_mail(mira, smtp, words, status, word):  # noqa: F811
    with travel(prompting.MONDAY, tick=True):
        asked(mira)
        (mail,) = to(smtp, mira)
        assert say(mail, mira, words) == "posted"

    responder = Responder.objects.get()
    assert (responder.status, responder.word) == (status, word)


def test_what_is_neither_reaches_whoever_asked(mira, alice, smtp):  # noqa: F811
    with travel(prompting.MONDAY, tick=True):
        asked(mira)
        say(to(smtp, mira)[0], mira, "What would I have to do for that?")

    assert Responder.objects.get().status == "asked"
    assert "What would I have to do for that?" in text_of(to(smtp, alice)[0])


@pytest.mark.row("D15")
def test_the_opted_in_read_their_own_last_answer_and_nobody_else_does(mira, alice, bob, smtp):  # noqa: F811
    making.join(PromptRound.objects.get().prompt.space, bob)
    with travel(prompting.MONDAY, tick=True):
        say_yes(mira)
    with travel("2027-01-07T06:05:00+00:00", tick=True):
        turn()
        early = to(smtp, mira)[-1]
        assert say(early, mira, "The night school, and a board paper.") == "posted"
    with travel("2027-01-07T09:01:00+00:00", tick=True):
        turn()
        first = text_of(to(smtp, bob)[-1])
        assert say(to(smtp, bob)[-1], bob, "Counting chairs.") == "posted"
        for person, recalls in ((mira, True), (bob, False)):
            planning.wish(PromptRound.objects.first().prompt, by=person, wants_mail=True, recalls=recalls)
        say_yes(mira)
    with travel("2027-01-14T06:05:00+00:00", tick=True):
        turn()
    early_of_second = text_of(to(smtp, mira)[-1])
    with travel("2027-01-14T09:01:00+00:00", tick=True):
        turn()

    assert "Mira Moss\nPractitioner\n\nThe night school, and a board paper." in first
    assert [post.author.name for post in Post.objects.filter(thread=Thread.objects.earliest("pk")).order_by("number")] == [
        "Alice Amadi",
        "Mira Moss",
        "Bob Brandt",
    ]
    own = "Your own last answer, of 7 January (only you are reminded of it):\n\nThe night school, and a board paper."
    assert own in early_of_second
    assert own in text_of(to(smtp, mira)[-1])
    second = to(smtp, bob)[-1]
    assert second["Subject"] == "On the bench"
    assert [words in text_of(second) for words in ("On the bench", "last answer", "night school", "chairs")] == [False] * 4


def say_yes(mira) -> None:
    if not PromptRound.objects.filter(status="planned").exists():
        turn()
    responder = asked(mira)
    lineup.accept(responder, by=mira)


def turn() -> None:
    """Let the clock look once."""
    from correspondence.due import steps

    for name in prompting.STEPS:
        steps[name]()
