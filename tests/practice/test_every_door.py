"""Every door to the figures of two rounds of nearly the same people, each with every filter: what is shown, and what one taken off another leaves."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from practice.help.talks.shown import figures_of
from tests import make
from tests.practice import practising

pytestmark = pytest.mark.django_db
BOARD, STAFF = 4, 4
SAID = {  # by four of the board, then four of the staff
    "list-is-open": [1, 2, 4, 4, 1, 1, 2, 2],
    "rule-is-written": [1, 2, 4, 4, 1, 1, 2],  # three of the staff
    "boats-are-checked": [1, 2, 4, "don't know", 1, 1, 2, 2],  # three of the board chose a place
    "vests-for-all": [1, 2, 4],
    "asked-last-year": [1, 2, 4, 4],
    "changed-a-rule": [1, "don't know", "don't know", "not ours"],
}
FILTERS = ["", "?group=board", "?module=listening", "?since=0", "?minimum=1", "?modules=lending&group=staff&status=finished"]


@pytest.mark.row("G3")
@pytest.mark.row("R22")
def test_three_answers_show_no_distribution_and_four_do_and_no_filter_isolates_fewer(db):
    """Each door and each filter, and what is left when one is taken off another: nothing, or four and more."""
    ada = make.person("Ada Admin")
    people = practising.named(BOARD, "board") + practising.named(STAFF, "staff", start=5)
    first = practising.session(ada, people=people)
    practising.answered(first, SAID)
    practising.closed(first, ada)
    second = practising.session(ada, people=people[1:], follows=first)  # nearly the same people
    practising.answered(second, {key: row[1:] for key, row in SAID.items()} | {"vests-for-all": [1, 2, 4, 4]})
    practising.closed(second, ada)
    browser = Client()
    browser.force_login(ada)

    for held, expected in ((first, [8, 7, 7, 0, 4, 0]), (second, [7, 6, 6, 4, 0, 0])):
        whole = in_the_file(browser, held)
        assert [whole[key] for key in SAID] == expected
        assert all(count == 0 or count >= 4 for count in whole.values())
        for query in FILTERS:
            pages = {**of_module(browser, held, "lending", query), **of_module(browser, held, "listening", query)}
            assert pages == whole  # no page is a part of another: there is nothing to take off
            groups = of_groups(browser, held, query)
            for key, counts in groups.items():
                assert all(count == 0 or count >= 4 for count in counts)
                assert sum(counts) == whole[key]  # all who answered it: nobody is left over
            assert set(groups) == ({"list-is-open", "asked-last-year"} if held == first else set())
        for key, parts in shared_for_a_talk(held).items():
            assert parts == {"the whole": whole[key] > 0, "its module": whole[key] > 0}
    assert Counter(before_of(browser, second)) == Counter({"": 3, "2.125": 1, "2.143": 1, "1.857": 1})  # of shown figures of both


KEYS = {"1.1.1": "list-is-open", "1.1.2": "rule-is-written", "1.2.1": "boats-are-checked", "1.2.2": "vests-for-all"}
KEYS |= {"2.1.1": "asked-last-year", "2.1.2": "changed-a-rule"}
CODES = {key: code for code, key in KEYS.items()}


def table_of(browser, held):
    text = browser.get(reverse("practice:session-table", args=[held.pk, "results"])).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def in_the_file(browser, held):
    """How many chose a place, as the file says."""
    rows = table_of(browser, held)
    return {row["key"]: sum(int(row[name]) for name in row if name[:1].isdigit() and row[name].isdigit()) for row in rows}


def before_of(browser, held):
    return [row["mean before"] for row in table_of(browser, held)]


def table_rows(browser, address):
    page = BeautifulSoup(browser.get(address).content, "html.parser")
    for row in page.select("table tbody tr"):
        key = KEYS.get(row.th.get_text(strip=True).split()[0])
        if key:
            yield key, [cell.get_text(" ", strip=True) for cell in row.find_all("td")]


def of_module(browser, held, module, query):
    rows = table_rows(browser, reverse("practice:module-results", args=[held.pk, module]) + query)
    return {key: sum(int(cell) for cell in cells[:4]) if len(cells) > 1 else 0 for key, cells in rows}


def of_groups(browser, held, query):
    rows = table_rows(browser, reverse("practice:group-results", args=[held.pk]) + query)
    return {key: [sum(map(int, re.findall(r"\d+", cell.partition(" ")[2]))) for cell in cells] for key, cells in rows}


def shared_for_a_talk(held):
    """Whether a volunteer is shown a proof point: where all modules are ticked, and where its own is alone."""
    found = {}
    for key in SAID:
        module = "lending" if CODES[key].startswith("1") else "listening"
        shown = [
            any(point["text"].startswith(CODES[key]) for one in figures_of(held, modules) for point in one["points"])
            for modules in (["lending", "listening"], [module])
        ]
        found[key] = dict(zip(("the whole", "its module"), shown, strict=True))
    return found
