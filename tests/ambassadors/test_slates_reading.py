"""What people answer to a slate by mail, and what is read of it. What is not certain goes back; nothing is guessed, nothing is dropped."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ambassadors.slates import quoted
from ambassadors.slates.reading import Nominee, Why, read

SLATE = {
    1: Nominee("Maya Ito", "She runs a night school that grew because it asked who was missing."),
    2: Nominee("Tomas Berg", "He opened the accounts of a harbour to everybody who works there.\nThe harbour is better for it."),
    3: Nominee("Ada Nwosu", "She asks foundations to fund what they cannot count."),
    4: Nominee("José Álvarez Peña", "He keeps bees, and a list of what did not work."),
    5: Nominee("Tomas Lind", "He teaches welders to write."),
}
Y, N, C = "support", "no view", "concern"
# what somebody writes, what is read as number: kind or (kind, words), and why something goes back
CORPUS = [
    ("1 yes, 2 no view, 3 concern: she left us without a word.", {1: Y, 2: N, 3: (C, "she left us without a word.")}, []),
    ("1-3 yes", {1: Y, 2: Y, 3: Y}, []),
    ("1 to 3: yes", {1: Y, 2: Y, 3: Y}, []),
    ("1, 4 and 5: support", {1: Y, 4: Y, 5: Y}, []),
    ("all yes", {1: Y, 2: Y, 3: Y, 4: Y, 5: Y}, []),
    ("Yes to all!", {1: Y, 2: Y, 3: Y, 4: Y, 5: Y}, []),
    ("yes to all but 2", {1: Y, 3: Y, 4: Y, 5: Y}, []),
    ("Support everybody except 2 and Maya", {3: Y, 4: Y, 5: Y}, []),
    ("2 no view, the rest yes", {1: Y, 2: N, 3: Y, 4: Y, 5: Y}, []),
    ("1. yes\n2. no view\n3. pass\n4. +1\n5. abstain", {1: Y, 2: N, 3: N, 4: Y, 5: N}, []),
    ("1) Yes\n2) No opinion\n", {1: Y, 2: N}, []),
    ("(1) yes\n[2] skip", {1: Y, 2: N}, []),
    ("  1.  yes\n\n  2.  don't know\n\n  3.  I\u2019m in favour", {1: Y, 2: N, 3: Y}, []),
    ("#1: yes; #2: no view", {1: Y, 2: N}, []),
    ("No. 3 yes", {3: Y}, []),
    ("nominee 3: in favor. Nominee 4: no view.", {3: Y, 4: N}, []),
    ("Maya: yes\nAda - no view\nJose Alvarez Pena: support", {1: Y, 3: N, 4: Y}, []),
    ("yes to Maya and Ada, no view on José", {1: Y, 3: Y, 4: N}, []),
    ("1 Maya Ito: yes\n2 Tomas Berg: no view", {1: Y, 2: N}, []),
    ("I support 1 and 3.", {1: Y, 3: Y}, []),
    ("\u0661 yes\n\u0662 no view", {1: Y, 2: N}, []),  # Arabic digits
    ("\uff11: yes, \u2463: pass", {1: Y, 4: N}, []),  # a full-width and a circled digit
    ("1\ufe0f\u20e3 \U0001f44d\U0001f3fd\n2 \U0001f937", {1: Y, 2: N}, []),  # a keycap, a thumb, a shrug
    ("*1* yes\n*2* no view", {1: Y, 2: N}, []),
    ("Hi all,\n\n1 yes\n2 no view\n\nBest wishes,\nAmina", {1: Y, 2: N}, []),
    ("1 yes\n\nSent from my phone", {1: Y}, []),
    ("1 yes\n-- \nAmina Example\n3 Long Street", {1: Y}, []),
    (
        "3 concern: We worked together in 2019.\nShe left in the middle of it.\n\nI would rather talk than write.\n4 yes\nThanks\nAmina",
        {3: (C, "We worked together in 2019.\nShe left in the middle of it.\n\nI would rather talk than write."), 4: Y},
        [],
    ),
    ("2 worried: he promised three of us the same seat", {2: (C, "he promised three of us the same seat")}, []),
    ("I have a concern about 3: ask the harbour office", {3: (C, "ask the harbour office")}, []),
    ("2: no, he promised three of us the same seat", {2: (C, "he promised three of us the same seat")}, []),
    ("1 and 2 concern: they share one office", {1: (C, "they share one office"), 2: (C, "they share one office")}, []),
    (  # below each quoted nominee
        (
            "> 1. Maya Ito\n> She runs a night school that grew because it\n> asked who was missing.\n\nYes, gladly\n\n> 2. Tomas Berg\n"
            "> He opened the accounts of a harbour to everybody who works there.\n> The harbour is better for it.\nno view\n"
            "> 3. Ada Nwosu\n> She asks foundations to fund what they cannot count.\nconcern: they all say that.\n> How to answer\n> …"
        ),
        {1: Y, 2: N, 3: (C, "they all say that.")},
        [Why.BESIDE],
    ),
    (  # a mail program that marks nothing
        "1. Maya Ito\nShe runs a night school that grew because it asked who was missing.\n\nyes\n\n2. Tomas Berg\nno view",
        {1: Y, 2: N},
        [],
    ),
    ("On Mon, 22 Nov 2026 at 09:00, Tidemark <slate+abc@mail.example.org> wrote:\n> Dear Amina,\n\n1 yes", {1: Y}, []),
    ("1 yes\n\n-----Original Message-----\nFrom: Tidemark\n1 yes, 2 no view, 3 concern: x", {1: Y}, []),
    (  # one line, broken by the mail program
        "1 yes, 2 yes, 3 no view, 4 yes, and as far as I can tell 5 yes, 2 no\nview",
        {},
        [Why.NOT_READ, Why.NOT_READ],
    ),
    (
        "Maya Ito: yes, Tomas Berg: no view, Ada Nwosu: yes, José Álvarez Peña: no\nview, Tomas Lind: yes",
        {1: Y, 2: N, 3: Y, 4: N, 5: Y},
        [],
    ),
    ("1 yes, she is wonderful", {1: Y}, [Why.BESIDE]),
    ("2 no view, I have never met him", {2: N}, [Why.BESIDE]),
    # asked back
    ("2 no", {}, [Why.NO_WORDS]),
    ("1 yes\n2 no\n3 concern", {1: Y}, [Why.NO_WORDS, Why.NO_WORDS]),
    ("no to 2", {}, [Why.NO_WORDS]),
    ("1 yes, 2 no view, 3 concern: …", {1: Y, 2: N}, [Why.NO_WORDS]),  # our own example
    ("1 yes\n1 concern: she is late", {}, [Why.TWO_WAYS]),
    ("all yes\n2 no view", {1: Y, 3: Y, 4: Y, 5: Y}, [Why.TWO_WAYS]),
    ("7 yes", {}, [Why.NO_SUCH]),
    ("1-7 yes", {}, [Why.NO_SUCH]),
    ("Tomas: yes", {}, [Why.NOT_READ]),  # there are two
    ("1 Ada Nwosu: yes", {}, [Why.NOT_READ]),  # the name of another number
    ("yes", {}, [Why.NOT_READ]),
    ("yes 1, 2 no view", {}, [Why.NOT_READ]),  # cut in two ways
    ("1 yes, but I worry about her health", {}, [Why.NOT_READ]),
    ("3 no concerns", {}, [Why.NOT_READ]),
    ("3 no doubt she is right", {}, [Why.NOT_READ]),
    ("3 concern: none", {}, [Why.NOT_READ]),
    ("1 yes or no view", {}, [Why.NOT_READ]),
    ("1 not yes", {}, [Why.NOT_READ]),
    ("1 yes, 2 concern: he is late, 3 yes", {1: Y}, [Why.NOT_READ]),
    ("3: hmm\nall others yes", {}, [Why.NOT_READ, Why.NOT_READ]),  # whom does "others" leave out?
    ("> 1. Maya Ito\n> 2. Tomas Berg\n> 3. Ada Nwosu\nyes", {}, [Why.NOT_READ]),  # below all of them
    ("I think you should ask more women.", {}, [Why.NOT_READ]),
]


def read_of(words: str) -> dict:
    return {one.number: (one.kind, one.concern) if one.concern else one.kind for one in read(words, SLATE).answers}


@pytest.mark.parametrize(("words", "answers", "back"), CORPUS, ids=[words[:40] for words, *_ in CORPUS])
def test_the_corpus(words, answers, back):
    assert read_of(words) == answers
    assert [one.why for one in read(words, SLATE).unread] == back


@pytest.mark.parametrize(("words", "answers", "back"), CORPUS, ids=[words[:40] for words, *_ in CORPUS])
def test_nothing_of_the_corpus_is_dropped(words, answers, back):
    assert dropped(words) == []


def test_on_a_slate_of_one_a_word_is_enough():
    assert [(one.number, one.kind) for one in read("Yes", {1: SLATE[1]}).answers] == [(1, "support")]


def test_all_leaves_out_whoever_is_gone():
    slate = SLATE | {2: Nominee("Tomas Berg", "", is_gone=True)}

    assert [one.number for one in read("all yes", slate).answers] == [1, 3, 4, 5]


def dropped(words: str) -> list[str]:
    """The new lines of which nothing is left."""
    reading = read(words, SLATE)
    kept = "\n".join([*reading.read, *reading.polite, *(one.words for one in reading.unread)])
    headings = {number: quoted.squeezed(one.name) for number, one in SLATE.items()}
    texts = {number: quoted.squeezed(one.text) for number, one in SLATE.items()}
    own = [line for line in words.split("\n") if line.strip() and quoted.about_whom(line, headings, texts) is False]
    return [line for line in own if line.strip() not in kept]


PIECES = st.sampled_from(
    [
        *(
            "1",
            "2",
            "3",
            "9",
            "1-3",
            "all",
            "the rest",
            "Maya",
            "Tomas",
            "José",
            "#4",
            "1.",
            "2)",
            "yes",
            "no",
            "no view",
            "concern",
        ),
        *(
            "concern:",
            "+1",
            "pass",
            "but",
            "and",
            ",",
            ";",
            ":",
            "-",
            "\n",
            "\n\n",
            "> ",
            "> 1. Maya Ito\n",
            "Thanks",
            "Best,\nAmina",
        ),
        *(
            "she left",
            "\u0663",
            "\U0001f44d",
            "(",
            "except",
            "worried about",
            "-- \n",
            "wrote:\n> x\n",
            "I support",
            "no.",
            "…",
            "\u2463",
        ),
    ]
)
MAILS = st.one_of(st.lists(PIECES, max_size=25).map(" ".join), st.text(max_size=300))


@settings(max_examples=300, deadline=None)
@given(MAILS)
def test_whatever_is_written_nothing_is_dropped_and_nothing_is_said_twice(words):
    reading = read(words, SLATE)

    assert dropped(words) == []
    assert len({one.number for one in reading.answers}) == len(reading.answers)
    assert {one.number for one in reading.answers} <= set(SLATE)
    assert all(one.concern.strip() for one in reading.answers if one.kind == "concern")


@pytest.mark.parametrize(
    "words",
    [
        "1 " * 50_000,
        "1, " * 30_000,
        "1 yes, " * 10_000,
        "1 concern: " + "2 " * 20_000,
        "no view " * 10_000,
        "all but " * 10_000,
        "> " * 40_000,
        "1 yes\n" * 20_000,
        "Best\n" * 20_000,
        "On 1\n> x\n" * 9_000,
        "@" * 60_000 + ":\n> x",
        "1 yes, " + "x" * 100_000,
        ("1 yes, " * 280 + "\n") * 16,
        "Maya " * 20_000,
        "1 concern: x\n" + "Thanks \n" * 9_000,
    ],
    ids=range(15),
)
def test_it_takes_bounded_time(words):
    began = time.process_time()

    read(words, SLATE)

    assert time.process_time() - began < 2
