"""What a free line says of outreach: forty and more phrasings, and what is honestly left empty."""

from __future__ import annotations

import pytest

from ambassadors.outreach.defaults import NETWORKS
from ambassadors.outreach.reading import ROOM, read

OWN, FUNDERS, PARTNERS, PEERS, STUDENTS, OFFICIALS, PRESS, PUBLIC = range(1, 9)
WORDS = {word.strip(): key for key, (_name, words) in enumerate(NETWORKS, start=1) for word in words.split(",")}

# what somebody answers                                          how many  measured  with whom
PHRASES = [
    ("shared PI with 40 grantees", 40, False, PARTNERS),
    ("Sent the kickstarter to 40 of our grantees.", 40, False, PARTNERS),
    ("I spoke to about 120 people at the state conference.", 120, False, None),
    ("Emailed it to my board (12 members).", 12, False, OWN),
    ("Posted it on LinkedIn, 1,200 followers.", 1200, False, PUBLIC),
    ("posted on LinkedIn: 2.5k views", 2500, True, PUBLIC),
    ("Put it in our newsletter (3 400 subscribers)", 3400, False, PUBLIC),
    ("Put it in our newsletter: 12.000 subscribers", 12000, False, PUBLIC),
    ("Sent it to two funders", 2, False, FUNDERS),
    ("Talked to a dozen colleagues over lunch.", 12, False, OWN),
    ("Two dozen students read it in class.", 24, False, STUDENTS),
    ("Gave it to between 30 and 40 practitioners.", 30, False, PEERS),
    ("Presented to 25-30 peers", 25, False, PEERS),
    ("Handed out copies on 3 May to 15 teachers.", 15, False, STUDENTS),
    ("On May 12, 2026 I showed it to 18 legislators", 18, False, OFFICIALS),
    ("Met at 10:30 with 6 journalists.", 6, False, PRESS),
    ("Spent 20 minutes with 3 foundations.", 3, False, FUNDERS),
    ("Talked about pillar 3 with 9 grantees", 9, False, PARTNERS),
    ("80 % of my team, that is 16 colleagues, have it now.", 16, False, OWN),
    ("Sent the 2026 report to 60 partners", 60, False, PARTNERS),
    ("I mentioned it in my podcast.", None, False, PRESS),
    ("https://tidemark.example/harbour had 310 views", 310, True, None),
    ("Counted 85 people in the room.", 85, True, None),
    ("exactly 44 people registered for the webinar", 44, True, None),
    ("about 44 people registered for the webinar", 44, False, None),
    ("Nearly forty colleagues came.", 40, False, OWN),
    ("A hundred students!", 100, False, STUDENTS),
    ("Sent to anna@tidemark.example and 4 peers", 4, False, PEERS),
    ("Chapter 2 went to 5 consultants.", 5, False, PEERS),
    ("Shared with one funder.", 1, False, FUNDERS),
    ("Told twenty-five colleagues, 3 of whom signed up", 25, False, OWN),
    ("told my board", None, False, OWN),
    ("Radio interview, maybe 20,000 listeners", 20000, False, PRESS),
    ("5th annual meeting, 230 attendees", 230, False, None),
    ("Spoke twice, 60 people each time", 60, False, None),
    ("1.5 million readers of the newspaper", 1_500_000, False, PUBLIC),
    ("45", 45, False, None),
    # What could mean two things, or counts no people, is left empty.
    ("Nothing this month, sorry.", None, False, None),
    ("Raised $5,000 and told nobody.", None, False, None),
    ("Told 30 funders and 50 grantees", None, False, None),
    ("Forwarded it to hundreds of people.", None, False, None),
    ("It went into 7 pages of notes.", None, False, None),
    ("In 2026 we begin again.", None, False, None),
    ("It was version 12 that they liked", None, False, None),
    ("9" * 400, None, False, None),
    ("0 people", None, False, None),
]


@pytest.mark.parametrize(("said", "reach", "is_measured", "network"), PHRASES)
def test_what_a_line_says(said, reach, is_measured, network):
    found = read(said, WORDS)

    assert (found.reach, found.is_measured, found.network) == (reach, is_measured, network)


@pytest.mark.parametrize(
    ("said", "link"),
    [
        ("It is at https://tidemark.example/talks/harbour.", "https://tidemark.example/talks/harbour"),
        ("(https://tidemark.example/a)", "https://tidemark.example/a"),
        ("https://tidemark.example/a or https://tidemark.example/b", ""),
        ("javascript:alert(1)", ""),
        ("no link", ""),
    ],
)
def test_the_one_link_of_a_line(said, link):
    assert read(said, WORDS).link == link


def test_words_are_kept_and_cut_between_words():
    found = read("word " * 100, WORDS)

    assert (len(found.what) <= ROOM, found.what[-6:], found.has_found_something) == (True, " word…", False)
