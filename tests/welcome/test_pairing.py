"""Who looks together: ten people, the pairs that are expected of them, and why."""

from __future__ import annotations

import random

import pytest

from welcome.first_look.pairing import Looker, join, partner, suggest

HAND, ALONG, HOME = "likes a hand", "gets along", "at home"
SCHOOL, CLINIC = 1, 2
#             pk  name      comfort  team    place
TEN = [
    Looker(1, "Ada", HAND, SCHOOL, "Leeds"),
    Looker(2, "Ben", HOME, CLINIC, "Porto"),
    Looker(3, "Cleo", HOME, SCHOOL, "Leeds"),
    Looker(4, "Dan", HAND, CLINIC, "Porto"),
    Looker(5, "Eve", "", SCHOOL, ""),
    Looker(6, "Finn", ALONG, None, ""),
    Looker(7, "Gil", HAND, None, "Lima"),
    Looker(8, "Hana", ALONG, CLINIC, ""),
    Looker(9, "Ivo", "", CLINIC, "Lima"),
    Looker(10, "Jun", HOME, SCHOOL, "Kyoto"),
]


def told(pairing) -> list[tuple[str, str]]:
    return [(" + ".join(one.name for one in pair.people), ", ".join(pair.reasons)) for pair in pairing.pairs]


@pytest.mark.parametrize(
    ("teams", "expected"),
    [
        (
            "",
            [
                ("Ada + Cleo", "complements, one place"),
                ("Ben + Dan", "complements, one place"),
                ("Gil + Jun", "complements"),
                ("Eve + Finn", "as it comes"),
                ("Hana + Ivo", "as it comes"),
            ],
        ),
        (
            "other",
            [
                ("Ada + Ben", "complements, two teams"),
                ("Cleo + Dan", "complements, two teams"),
                ("Gil + Jun", "complements"),
                ("Eve + Hana", "two teams"),
                ("Finn + Ivo", "as it comes"),
            ],
        ),
        (
            "same",
            [
                ("Ada + Cleo", "complements, one team, one place"),
                ("Ben + Dan", "complements, one team, one place"),
                ("Gil + Jun", "complements"),
                ("Hana + Ivo", "one team"),
                ("Eve + Finn", "as it comes"),
            ],
        ),
    ],
)
def test_ten_people_are_paired_on_purpose(teams, expected):
    assert told(suggest(TEN, teams)) == expected


def test_the_order_in_which_people_come_changes_nothing():
    shuffled = random.Random(7).sample(TEN, len(TEN))

    assert suggest(shuffled, "other") == suggest(TEN, "other")


def test_of_an_odd_number_three_look_together():
    pairing = suggest([*TEN[:4], TEN[5]])

    assert told(pairing) == [("Ada + Cleo + Finn", "complements, one place, lends a hand"), ("Ben + Dan", "complements, one place")]
    assert pairing.alone == ()


def test_two_who_would_like_a_hand_are_rather_left_than_paired():
    hands = [Looker(pk, name, HAND) for pk, name in ((1, "Ada"), (2, "Dan"), (3, "Gil"))]

    assert told(suggest(hands)) == []
    assert [one.name for one in suggest([*hands, Looker(4, "Ben", HOME)]).alone] == ["Dan", "Gil"]
    assert told(suggest([*hands[:2], Looker(4, "Ben", HOME)])) == [("Ada + Ben", "complements")]


def test_somebody_left_alone_gets_a_partner_or_comes_to_a_pair():
    ada, ben, cleo, dan = TEN[:4]

    assert partner(ada, [dan, ben]).people == (ada, ben)
    assert partner(ada, [dan]) is None
    assert join(dan, [(ada, cleo), (cleo, ben)]).people == (cleo, ben, dan)
    assert join(dan, [(ada, cleo)]) is None
