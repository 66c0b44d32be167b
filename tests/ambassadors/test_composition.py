"""How the community is made up, before and after a slate: for members and staff."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import AnonymousUser

from ambassadors.models import Ambassador
from ambassadors.vetting.composing import composition_with
from foundation.models import RoleLabel, Sector
from tests import make
from tests.ambassadors import admission_making as making

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(db):
    """Three of health, one who keeps it to staff, and one who has not said."""
    health, schools = Sector.objects.create(name="Health"), Sector.objects.create(name="Schools")
    for number in range(3):
        make.ambassador(f"Health {number}", sector=health, place="Porto, Portugal", place_audience="members")
    Ambassador.objects.filter(user__name="Health 2").update(sector_audience="staff")
    make.ambassador("Nobody Said")
    Sector.objects.create(name="Nobody yet")
    return health, schools


def rows(one) -> list[list[str]]:
    return one.figure["rows"]


@pytest.mark.row("B10")
def test_the_slate_page_shows_the_share_of_each_category_before_and_after(three, client):
    _health, schools = three
    nominator = make.ambassador("Nomi Nator")
    case = making.nomination(nominator, status="slate", sector=schools, place="Bergen, Norway")
    case.role_labels.add(RoleLabel.objects.create(name="Funder"))
    slate = making.slate(case)
    client.force_login(nominator)

    text = " ".join(re.sub(r"<[^>]+>", " ", client.get(slate.get_absolute_url()).content.decode()).split())

    assert "Category Now With them" in text
    for line in (
        "Health 40 % (2) 33 % (2)",
        "Schools 0 % (0) 17 % (1)",
        "Nobody yet 0 % (0) 0 % (0)",
        "Funder 0 % (0) 17 % (1)",
        "Portugal 60 % (3) 50 % (3)",
        "Norway 0 % (0) 17 % (1)",
    ):
        assert line in text


def test_what_is_kept_from_the_reader_is_not_counted(three, alice, staff):
    assert rows(composition_with([], alice)[0])[0] == ["Health", "40 % (2)", "40 % (2)"]
    assert rows(composition_with([], staff)[0])[0] == ["Health", "60 % (3)", "60 % (3)"]
    assert composition_with([], AnonymousUser()) == []


def test_somebody_who_has_hidden_is_not_told_by_a_number_that_the_directory_lacks(three, alice, staff):
    Ambassador.objects.filter(user__name="Health 1").update(listed_for="staff")

    assert rows(composition_with([], alice)[0])[0] == ["Health", "25 % (1)", "25 % (1)"]
    assert rows(composition_with([], staff)[0])[0] == ["Health", "60 % (3)", "60 % (3)"]


@pytest.mark.parametrize("number", [1, 3])
def test_it_costs_the_same_with_more_nominees(number, alice, django_assert_num_queries):
    keys = [making.nomination(alice, f"Nominee {each}", status="slate").pk for each in range(number)]
    with django_assert_num_queries(8):
        composition_with(keys, alice)
