"""Who suits whom, and why: a table of ten newcomers, and the rules one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from welcome.buddies.reasons import sentences_of
from welcome.buddies.suggesting import Candidate, Profile, hindrances, hours_in_common, suggest

TODAY = date(2026, 11, 23)


def who(key: int, name: str, topics: str = "", languages: str = "English", comfort: str = "", **more) -> Profile:
    said = {field: frozenset(more.pop(field).split(", ")) for field in ("roles",) if field in more}
    known = frozenset(topics.split(", ")) if topics else frozenset()
    return Profile(key, name, known, tuple(languages.split(", ")) if languages else (), comfort, **said, **more)


def offers(profile: Profile, offered: str = "2026-05-01", asked: str = "", **more) -> Candidate:
    return Candidate(
        key=profile.key,
        profile=profile,
        offered_on=date.fromisoformat(offered),
        asked_on=date.fromisoformat(asked) if asked else None,
        **more,
    )


LEEDS, OSLO, LAGOS, LIMA = (
    {"place": "Leeds", "country": "United Kingdom", "zone": "Europe/London"},
    {"place": "Oslo", "country": "Norway", "zone": "Europe/Oslo"},
    {"place": "Lagos", "country": "Nigeria", "zone": "Africa/Lagos"},
    {"place": "Lima", "country": "Peru", "zone": "America/Lima"},
)
POOL = [
    offers(who(1, "Ann", "Budgets, Boards", comfort="at home", **LEEDS), asked="2026-11-01", load=1),
    offers(who(2, "Bo", "Surveys", "English, Norwegian", "gets along", sector="Health", **OSLO)),
    offers(who(3, "Chi", "Schools", "English, Igbo", "likes a hand", roles="Funder", **LAGOS), asked="2026-06-01"),
    offers(who(4, "Dora", "Budgets, Surveys", "Spanish", "at home", **LIMA)),
    offers(who(5, "Ed", "Budgets, Boards, Surveys, Schools", **LEEDS), load=2),  # no room
    offers(who(6, "Fay", "Schools, Boards", **LEEDS), is_away=True),
    offers(who(7, "Gus", "Boards", zone="Pacific/Auckland"), offered="2026-03-01"),
    offers(who(8, "Hope", "Boards", zone="Pacific/Auckland"), offered="2026-02-01"),
]
IN_HAND, FREE = "The buddy has 1 other newcomer at the moment.", "The buddy has no other newcomer at the moment."
NEVER = "The buddy has not been given a newcomer yet."
BOARDS, MORNINGS = "Both know about Boards.", "Their days have {} hours in common."

#  the newcomer, whom they get, and what is said of it
PAIRS = [
    (who(21, "Ida", "Budgets, Boards", **LEEDS), "Ann",
     ["Both know about Boards and Budgets.", "Both live in Leeds.", MORNINGS.format(12), IN_HAND]),
    (who(22, "Jon", "Boards", zone="Pacific/Auckland"), "Hope",  # Gus would suit as well: Hope has waited longer
     [BOARDS, MORNINGS.format(12), FREE, NEVER]),
    (who(23, "Kim", "Surveys", "Norwegian, English", sector="Health", **OSLO), "Bo",
     ["Both know about Surveys.", "Both live in Oslo.", MORNINGS.format(12), FREE, NEVER, "Both speak Norwegian and English.", "Both work in: Health."]),
    (who(24, "Lea", "Budgets", "Spanish", **LIMA), "Dora",
     ["Both know about Budgets.", "Both live in Lima.", MORNINGS.format(12), FREE, NEVER]),
    (who(25, "Max", comfort="likes a hand", **LEEDS), "Ann",
     ["Both live in Leeds.", "Would like a hand with websites, and the buddy is at home there.", MORNINGS.format(12), IN_HAND]),
    (who(26, "Nia", "Schools", comfort="likes a hand", **LAGOS), "Bo",  # never Chi: both would like a hand
     [MORNINGS.format(12), FREE, NEVER, "Would like a hand with websites, and the buddy gets along with them."]),
    (who(27, "Oz", "Schools", "Igbo", roles="Funder", **LAGOS), "Chi",
     ["Both know about Schools.", "Both live in Lagos.", "Both speak from the seat of: Funder.", MORNINGS.format(12), FREE,
      "The buddy was last given a newcomer on 1 June 2026."]),
    (who(28, "Pia", "Surveys", "", place="Bergen", country="Norway", zone="Europe/Oslo"), "Bo",
     ["Both know about Surveys.", MORNINGS.format(12), FREE, NEVER, "Both live in the same country: Norway."]),
    (who(29, "Quin", "", "Basque", **LEEDS), "", []),  # nobody speaks it
    (who(30, "Roy", "", "English", zone="Europe/London"), "Bo",
     [MORNINGS.format(11), FREE, NEVER]),
]  # fmt: skip


@pytest.mark.parametrize(("newcomer", "buddy", "said"), PAIRS, ids=[row[0].name for row in PAIRS])
def test_each_of_ten_newcomers_gets_the_expected_buddy_for_the_expected_reasons(newcomer, buddy, said):
    found = suggest(newcomer, POOL, TODAY)
    first = [(one.buddy.profile.name, sentences_of(one)) for one in found[:1]] or [("", [])]
    assert first == [(buddy, said)]


def test_the_order_of_the_pool_changes_nothing():
    for newcomer, _buddy, _said in PAIRS:
        assert suggest(newcomer, POOL[::-1], TODAY) == suggest(newcomer, POOL, TODAY)


NEWCOMER = who(50, "New", comfort="likes a hand")
FINE = offers(who(51, "Fine"))
RULES = [
    ({}, []),
    ({"is_offering": False}, ["stopped"]),
    ({"is_member": False}, ["not a member"]),
    ({"is_pausing": True}, ["pausing"]),
    ({"is_away": True}, ["away"]),
    ({"has_words": False}, ["no words"]),
    ({"capacity": 1, "load": 1}, ["full"]),
    ({"capacity": 1, "load": 0}, []),
    ({"blocked_with": frozenset({50})}, ["blocked"]),
    ({"blocked_with": frozenset({52})}, []),
    ({"profile": who(51, "Fine", comfort="likes a hand")}, ["both like a hand"]),
    ({"profile": who(51, "Fine", comfort="gets along")}, []),
    ({"profile": who(51, "Fine", languages="French")}, ["no language"]),
    ({"profile": who(51, "Fine", languages="french, ENGLISH")}, []),
    ({"profile": who(51, "Fine", languages="")}, []),
    ({"profile": who(50, "New")}, ["themselves"]),
]


@pytest.mark.parametrize(("change", "broken"), RULES)
def test_each_rule_by_itself(change, broken):
    one = replace(FINE, **change)
    assert hindrances(NEWCOMER, one) == broken
    assert len(suggest(NEWCOMER, [one], TODAY)) == (not broken)


@pytest.mark.parametrize(
    ("zone", "other", "hours"),
    [
        ("Europe/London", "Europe/London", 12),
        ("Europe/London", "America/New_York", 7),
        ("Pacific/Apia", "Pacific/Honolulu", 11),  # a day apart, and an hour
        ("Asia/Kolkata", "Europe/London", 6),
        ("Pacific/Auckland", "Europe/London", 1),
    ],
)
def test_hours_in_common(zone, other, hours):
    assert (hours_in_common(zone, other, TODAY), hours_in_common(other, zone, TODAY)) == (hours, hours)
