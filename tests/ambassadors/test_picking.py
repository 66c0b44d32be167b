"""Naming people in a form: who is offered while one types, and what a name means."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from ambassadors.picking import people_named, person_named, written_for
from tests import make

URL = "/people/"


def offered(client, typed: str) -> list[dict]:
    return client.get(URL, {"q": typed}).json()["people"]


def names(client, typed: str) -> list[str]:
    return [person["name"] for person in offered(client, typed)]


@pytest.fixture
def as_alice(client, alice):
    client.force_login(alice)
    return client


def test_who_is_called_so_comes_before_who_is_found_by_something_else(as_alice):
    make.ambassador("Lisa Bonn", organization="Harbour School", place="Porto")
    make.ambassador("Dora Dahl", place="Lisbon")
    make.ambassador("Zoë Lisle")

    assert offered(as_alice, "lis") == [
        {"name": "Lisa Bonn", "note": "Harbour School · Porto", "write": "Lisa Bonn"},
        {"name": "Zoë Lisle", "note": "", "write": "Zoë Lisle"},
        {"name": "Dora Dahl", "note": "Lisbon", "write": "Dora Dahl"},
    ]
    assert names(as_alice, "bonn lisa") == ["Lisa Bonn"]


def test_only_whom_the_reader_finds_is_offered_and_by_nothing_that_is_not_for_them(as_alice):
    make.ambassador("Rita Roth", listed_for="staff")
    make.ambassador("Rina Left", status="alumni")
    make.ambassador("Rike Shy", place="Riga", place_audience="staff")
    make.ambassador("Alma Amadi")

    assert offered(as_alice, "ri") == [{"name": "Rike Shy", "note": "", "write": "Rike Shy"}]
    assert names(as_alice, "riga") == []
    assert names(as_alice, "amadi") == ["Alma Amadi"]  # and not the reader


@pytest.mark.parametrize("typed", ["", "a", "  a ", "%", "&|!", "\0\0", "x" * 3000])
def test_too_little_or_nothing_sensible_offers_nobody(as_alice, bob, typed):
    assert offered(as_alice, typed) == []


def test_two_of_one_name_are_told_apart_by_the_address_of_their_profile(as_alice, alice):
    first, second = make.ambassador("Twin Taylor"), make.ambassador("Twin Taylor", place="Porto")
    comma = make.ambassador("Ada Moor, junior")
    slugs = [one.ambassador.slug for one in (first, second)]

    twins = offered(as_alice, "twin")

    assert [(one["write"], one["note"]) for one in twins] == list(zip(slugs, ["", "Porto"], strict=True))
    assert people_named(alice, ", ".join(one["write"] for one in twins)) == [first, second]
    assert person_named(alice, offered(as_alice, "moor")[0]["write"]) == comma
    assert [written_for(alice, one.ambassador) for one in (first, comma)] == [slugs[0], "ada-moor-junior"]


@pytest.mark.parametrize("others", [1, 3])
def test_offering_costs_the_same_for_one_and_for_three(as_alice, django_assert_num_queries, others):
    for number in range(others):
        make.ambassador(f"Carla Costa the {number}th", place="Porto")

    with django_assert_num_queries(5):  # session, reader, by name, by anything else, namesakes
        assert len(offered(as_alice, "carla")) == others


def test_at_most_eight_are_offered(as_alice):
    for number in range(9):
        make.ambassador(f"Carla Costa the {number}th")

    assert len(offered(as_alice, "carla")) == 8


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Brand", "We found nobody called Brand. Did you mean: Bob Brandt?"),
        ("Qqq", "We found nobody called Qqq."),
    ],
)
def test_part_of_a_name_is_no_name_and_says_who_it_may_be(alice, bob, typed, said):
    with pytest.raises(ValidationError) as error:
        person_named(alice, typed)

    assert error.value.messages == [said]
