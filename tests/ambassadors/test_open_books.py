"""How people come in, in numbers from which nobody can be worked out."""

from __future__ import annotations

import datetime
from itertools import product

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st

from ambassadors.inviting import open_books
from ambassadors.inviting.open_books import COLUMNS, FEW, hidden_cells
from ambassadors.models import Nomination
from foundation.models import Community
from tests import make
from tests.ambassadors import admission_making as making

PAGE = "/community/joining/"


def nominations(nominator, year, number, **fields):
    """So many of a year."""
    at = datetime.datetime(year, 6, 1, tzinfo=datetime.UTC)
    given_ = {"status": "vetting", "submitted_at": at, "criteria": making.edition(), **fields}
    return Nomination.objects.bulk_create(Nomination(nominator=nominator, name=f"N {year} {n}", **given_) for n in range(number))


def of(nominated, in_vetting, invited, joined, declined):
    return {"nominated": nominated, "in_vetting": in_vetting, "invited": invited, "joined": joined, "declined": declined}


def test_the_page_says_what_is_asked_before_anybody_was_nominated(client, db):
    making.edition()
    page = client.get(PAGE).content.decode()
    assert "Nobody has been nominated yet" in page
    assert "Changes minds" in page
    assert "A few weeks." in page


def test_a_new_community_without_criteria_has_its_page(client, db):
    assert "The criteria are being written" in client.get(PAGE).content.decode()


def test_numbers_by_year_of_nomination(db):
    someone, now = make.ambassador("Nadia Nominator"), timezone.now()
    nominations(someone, 2024, 30, status="approved", decided_at=now, invited_at=now, joined_at=now)
    nominations(someone, 2024, 15, status="declined", decided_at=now)
    nominations(someone, 2025, 20)
    nominations(someone, 2025, 6, status="joined to another")
    nominations(someone, 2025, 7, status="draft", submitted_at=None)
    assert [(one.year, *one.counts.values()) for one in open_books.years()] == [(2025, 20, 20, 0, 0, 0), (2024, 45, 0, 30, 30, 15)]


def test_below_five_is_told_as_fewer_than_five(client, db):
    Community.objects.update(rounds_counts_to=0)
    nominations(make.ambassador("Nadia Nominator"), 2024, 4)
    page = client.get(PAGE).content.decode()
    assert page.count("<td>fewer than 5</td>") == 5


def test_rounding_holds_here_too(db):
    found = [open_books.Year(2024, of(47, 0, 20, 12, 0))]
    assert open_books.table(found, 10) == [["2024", "40+", "fewer than 5", "20+", "10+", "fewer than 5"]]
    assert open_books.table(found, 0) == [["2024", "47", "fewer than 5", "20", "12", "fewer than 5"]]


def test_what_would_give_a_small_number_away_is_kept_back():
    # 20 nominated, 16 of them invited and none declined: what is left would be the 4 who are being looked at.
    assert hidden_cells([of(20, 4, 16, 10, 0)]) >= {(0, "in_vetting"), (0, "declined"), (0, "invited")}


def test_nothing_is_kept_back_where_all_is_large():
    assert hidden_cells([of(100, 20, 40, 30, 30), of(90, 10, 40, 30, 30)]) == set()


numbers = st.integers(0, 14)
rows = st.builds(
    lambda vetting, open_, joined, declined, rest: of(
        vetting + open_ + joined + declined + rest, vetting, open_ + joined, joined, declined
    ),
    numbers,
    numbers,
    numbers,
    numbers,
    numbers,
)


def as_told(cells, hidden):
    """What a reader knows of one row: each number, or that it is small, or that it was kept back and is not."""
    return {name: cells[name] if name not in hidden else ("few" if cells[name] < FEW else "kept back") for name in COLUMNS}


def could_be(value, told):
    if told == "few":
        return value < FEW
    return value >= FEW if told == "kept back" else value == told


@tries(max_examples=150, deadline=None)
@given(rows)
def test_no_row_gives_away_a_number_below_five(cells):
    """An adversary tries every community that would be told like this: each small number must have more than one value left."""
    hidden = {name for _row, name in hidden_cells([cells])}
    told = as_told(cells, hidden)
    possible = {name: set() for name in COLUMNS}
    most = cells["nominated"] + 12 if told["nominated"] in {"few", "kept back"} else cells["nominated"]
    vettings = [value for value in range(most + 1) if could_be(value, told["in_vetting"])]
    inviteds = [value for value in range(most + 1) if could_be(value, told["invited"])]
    declineds = [value for value in range(most + 1) if could_be(value, told["declined"])]
    for vetting, invited, declined in product(vettings, inviteds, declineds):
        least = vetting + invited + declined
        if least > most:
            continue
        joineds = [value for value in range(invited + 1) if could_be(value, told["joined"])]
        nominated = [value for value in range(least, most + 1) if could_be(value, told["nominated"])]
        if not joineds or not nominated:
            continue
        for name, values in (
            ("in_vetting", [vetting]),
            ("invited", [invited]),
            ("declined", [declined]),
            ("joined", joineds),
            ("nominated", nominated),
        ):
            possible[name].update(values)
    for name in hidden:
        if cells[name] < FEW and cells["nominated"] >= FEW:
            assert len(possible[name]) > 1, (cells, told, name)


@tries(max_examples=150, deadline=None)
@given(st.lists(rows, min_size=2, max_size=4))
def test_over_the_years_no_sum_gives_away_a_number_below_five(table):
    """With the sum of a column known from elsewhere, a small number still could be any from none to four, or the whole column is silent."""
    hidden = hidden_cells(table)
    for name in COLUMNS:
        unsaid = [cells[name] for row, cells in enumerate(table) if (row, name) in hidden]
        if unsaid and len(unsaid) < len(table):
            others = [number for number in unsaid if number >= FEW]
            assert others
            assert sum(unsaid) >= FEW * len(others) + FEW - 1


def test_how_long_it_takes_is_told_from_five_on(client, db):
    someone = make.ambassador("Nadia Nominator")
    at = datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC)
    for days in (10, 20, 30, 50):
        nominations(someone, 2026, 1, status="declined", submitted_at=at, decided_at=at + datetime.timedelta(days=days))
    assert open_books.how_long() == ""
    nominations(someone, 2026, 1, status="approved", submitted_at=at, decided_at=at + datetime.timedelta(days=90))
    assert open_books.how_long() == "30 days"
    assert "From nomination to decision: 30 days" in client.get(PAGE).content.decode()


def test_visitors_get_it_from_the_cache_without_a_query(db, settings, django_assert_num_queries):
    settings.PAGE_CACHE = True
    nominations(make.ambassador("Nadia Nominator"), 2026, 6)
    visitor = Client()
    visitor.get(PAGE)
    with django_assert_num_queries(0):
        visitor.get(PAGE)


@pytest.mark.parametrize("years", [1, 3])
def test_it_costs_the_same_with_one_and_with_three_years(client, alice, years, django_assert_num_queries):
    for year in range(2026 - years, 2026):
        nominations(alice, year, 6)
    client.force_login(alice)
    client.get(PAGE)
    with django_assert_num_queries(9):
        client.get(PAGE)


def test_it_is_linked_and_in_the_sitemap(client, db):
    for url in (reverse("community:the-community"), reverse("ambassadors:growth"), "/sitemap.xml"):
        body = client.get(url).content.decode()
        if "<sitemapindex" in body:
            import re  # deferred: only the index of a large sitemap asks for it

            body = "".join(
                client.get(part.removeprefix("http://localhost")).content.decode()
                for part in re.findall(r"<loc>([^<]+)</loc>", body)
            )
        assert PAGE in body
