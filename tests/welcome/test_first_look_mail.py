"""A first look by mail: the questions come numbered, answers go back in any order, and are read back."""

from __future__ import annotations

import re

import pytest

from correspondence.inbound.receiving import receive
from correspondence.models import ReplyAddress
from tests import make
from tests.correspondence.conftest import smtp  # noqa: F401  the mail server
from tests.correspondence.letters import letter
from tests.discussions.test_prompts_mail import say, text_of, to
from tests.welcome import looking
from welcome.first_look import answering
from welcome.first_look.reading import read
from welcome.models import LookAnswer, LookPair, LookSeat

OURS = "A first look\nThree ways in which this place could help\nTwo things that you would improve"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1. Answers come.\n2) A map.", {1: "Answers come.", 2: "A map."}),
        ("5. Last.\n\n1. First,\nin two lines.", {5: "Last.", 1: "First,\nin two lines."}),
        ("Hello,\n\n4: Shorter forms.\n\nMaya\n-- \nMaya Okafor, 2. Main Street", {4: "Shorter forms.\n\nMaya"}),
        ("1.\nBelow its number.\n2.\n", {1: "Below its number."}),
        ("3. A list:\n3. once more\n1. and first", {3: "A list:\n3. once more", 1: "and first"}),
        ("In 2024. we began.\n9. is no question", {}),
        ("Thank you, gladly.", {}),
    ],
)
def test_numbers_are_read_in_any_order(written, expected):
    assert read(written, written, range(1, 7), OURS).answers == expected


def test_answers_between_our_lines_are_read_as_well():
    quoted = "> A first look\n> Three ways in which this place could help\n> 1.\nAnswers come.\n> 2. \n> 3.\nThe map.\n> Two things that you would improve\n> 4.\nShorter\nforms.\n"

    assert read("", quoted, range(1, 7), OURS).answers == {1: "Answers come.", 3: "The map.", 4: "Shorter\nforms."}


@pytest.fixture
def pair(db):
    staff = make.person("Sam Staff", is_staff=True)
    return looking.pair(staff, make.ambassador("Alice Amadi"), make.ambassador("Bob Brandt"))


@pytest.mark.django_db(transaction=True)
def test_the_two_answer_by_mail_in_parts_and_hear_what_was_read(smtp):  # noqa: F811
    staff, alice, bob = make.person("Sam Staff", is_staff=True), make.ambassador("Alice Amadi"), make.ambassador("Bob Brandt")
    pair = looking.pair(staff, alice, bob)
    (asked,) = to(smtp, alice)
    assert asked["Subject"] == "You and Bob Brandt take a first look"
    assert re.findall(r"^\d\.", text_of(asked), re.MULTILINE) == ["1.", "2.", "3.", "4.", "5.", "6."]

    assert say(asked, alice, "4. Shorter forms.\n1. Somebody answers.\n2. One finds people.") == "posted"

    kept = to(smtp, alice)[-1]
    assert kept["Subject"] == "Kept: your first look with Bob Brandt"
    assert "Still open: 3, 5, 6." in text_of(kept)
    assert LookPair.objects.get(pk=pair.pk).status == "writing"

    (his,) = to(smtp, bob)
    assert say(his, bob, "3. It is calm.\n5. A map.\n6. How quick it is.\n4. Fewer mails.") == "posted"

    assert to(smtp, bob)[-1]["Subject"] == "Sent: your first look with Alice Amadi"
    assert to(smtp, alice)[-1]["Subject"] == "Bob Brandt has sent your first look"
    pair.refresh_from_db()
    assert (pair.status, pair.sent_by) == ("sent", bob)
    assert list(LookAnswer.objects.order_by("question__position", "part").values_list("words", flat=True)) == [
        "Somebody answers.",
        "One finds people.",
        "It is calm.",
        "Shorter forms.\n\nFewer mails.",
        "A map.",
        "How quick it is.",
    ]


def answer(pair, person, words: str):
    """An answer at the address that the mail to this person has."""
    address = f"{ReplyAddress.objects.of('look', person, pair).local_part}@mail.example.org"
    return receive(letter(person.email, address, words), address)


@pytest.mark.django_db
def test_send_posts_what_is_there_and_not_this_time_steps_back(pair):
    alice, bob = (seat.person for seat in LookSeat.objects.select_related("person"))
    answer(pair, alice, "6. The quiet.")

    assert answer(pair, bob, "Send").outcome == "posted"
    pair.refresh_from_db()
    assert pair.status == "sent"
    assert answer(pair, bob, "No, thank you.").outcome == "posted"
    assert list(LookSeat.objects.filter(pair=pair).values_list("person__name", flat=True)) == ["Alice Amadi"]


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["I rather like it here.", "Send"])
def test_what_is_not_understood_comes_back_with_what_would_work(pair, words):
    alice = LookSeat.objects.select_related("person").earliest("pk").person

    mail = answer(pair, alice, words)

    assert (mail.outcome, mail.reason) == ("refused", "not clear")
    assert mail.why.startswith("We could not tell which question" if words != "Send" else "Write at least one answer first.")


@pytest.mark.django_db
def test_after_the_closing_the_words_go_back(pair):
    alice = LookSeat.objects.select_related("person").earliest("pk").person
    looking.opening.close_look(pair.look, by=pair.look.facilitator)

    mail = answer(pair, alice, "1. Too late.")

    assert (mail.outcome, mail.why) == ("refused", "This first look is closed: its answers stay as they are.")
    assert LookAnswer.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("hers", "his", "expected"),
    [
        ("The quiet.", ["The pace.", "The maps."], "The quiet.\n\nThe pace.\n\nThe maps."),
        ("The quiet.", ["The pace.", "The pace."], "The quiet.\n\nThe pace."),
        ("I know none.", ["no"], "I know none.\n\nno"),
    ],
)
def test_no_mail_takes_away_what_the_partner_wrote_nor_leaves_out_what_its_writer_did(pair, hers, his, expected):
    alice, bob = (seat.person for seat in LookSeat.objects.select_related("person"))
    answering.save_answers(pair, {6: answering.Said(hers, 0)}, by=alice)

    for words in his:
        answering.save_answers(pair, {6: answering.Said(words)}, by=bob)

    assert LookAnswer.objects.get().words == expected
