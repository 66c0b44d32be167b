"""How groups of respondents see the same thing: beside each other where each is large enough, and no group at all where one is not."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from practice.instruments.reading import Unreadable, read_instrument
from practice.models import Respondent
from practice.results.remembered import remembered
from tests import make
from tests.practice import practising

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


@pytest.fixture
def ada(client):
    person = make.person("Ada Berg")
    client.force_login(person)
    return person


def by_group(ada, said, *, groups=(("board", 4), ("staff", 4)), **more):
    people, start = [], 1
    for group, number in groups:
        people += practising.named(number, group, start)
        start += number
    held = practising.session(ada, people=people, **more)
    practising.answered(held, said)
    return practising.closed(held, ada)


def at(held, page="group"):
    return reverse(f"practice:{page}-results", args=[held.pk])


def row_of(page, text):
    """The cells of a row of the tables, as words."""
    found = re.search(rf'<th scope="row">[^<]*{re.escape(text)}.*?</th>(.*?)</tr>', page, re.DOTALL)
    return found and [re.sub(r"<[^>]+>", " ", cell).split() for cell in re.findall(r"<td>(.*?)</td>", found[1], re.DOTALL)]


def test_groups_stand_beside_each_other_and_where_they_differ_most_comes_first(client, ada):
    said = {
        "list-is-open": [1, 1, 2, 2, 4, 4, 4, 4],
        "rule-is-written": [3, 3, 3, 3, 3, 3, 3, 3],
        "vests-for-all": [1, 2, 1, 2, 2, 2, 2, 3],
    }
    held = by_group(ada, said)

    assert f'href="{at(held)}"' in client.get(at(held, "session")).text
    page = client.get(at(held)).text

    assert row_of(page, "who borrowed what") == [["1.5", *"2·2·0·0"], ["4.0", *"0·0·0·4"]]
    assert row_of(page, "We lend fairly") == [["2.3"], ["3.5"]]  # both of its proof points together
    foremost = page.partition("Where they differ most")[2].partition("Principle by principle")[0]
    assert foremost.index("who borrowed what") < foremost.index("a life vest")
    assert "One page says who may borrow" not in foremost
    assert "3 of 6 proof points." in page  # and why they are not compared
    assert "could be worked out from the rest" in page


def test_means_of_groups_are_drawn_where_they_stand_and_those_that_meet_one_above_the_other(client, ada):
    said = {"list-is-open": [1, 1, 2, 2, 4, 4, 4, 4], "rule-is-written": [3] * 8, "asked-last-year": [2] * 8}
    page = client.get(at(by_group(ada, said))).text
    lines = re.findall(r'by-group__between" x1="([\d.]+)" y1="[\d.]+" x2="([\d.]+)"', page)
    marks = re.findall(r"translate\(([\d.]+) ([\d.]+)\)", page.partition("Principle by principle")[2])

    assert lines == [("41.67", "83.33"), ("33.33", "33.33")]  # 2.25 and 3.5 of four places; twice 2
    assert [x for x, _y in marks[-4:]] == ["41.67", "83.33", "33.33", "33.33"]
    heights = [float(y) for _x, y in marks[-4:]]
    assert (heights[0] == heights[1], heights[2] > heights[3]) == (True, True)


def test_a_principle_is_compared_by_what_all_groups_answered_of_it(client, ada):
    """Means of different questions do not compare."""
    said = {"list-is-open": [1, 4], "rule-is-written": [4, None], "boats-are-checked": [2, None], "vests-for-all": [None, 3]}
    groups = [("board", 1), ("staff", 1)]
    page = client.get(at(by_group(ada, said, groups=groups, openness="open"))).text
    assert row_of(page, "We lend fairly") == [["1.0"], ["4.0"]]  # of the first of its two proof points alone
    assert row_of(page, "We lend safely") == [[], []]  # nothing that both answered


def test_who_was_taken_out_makes_no_group(client, ada):
    held = practising.session(ada, people=[*practising.named(2, "board"), *practising.named(1, "staff", 3)], openness="open")
    Respondent.objects.filter(group="staff").update(status="withdrawn")
    practising.answered(held, {"list-is-open": [1, 2]})
    practising.closed(held, ada)
    assert at(held) not in client.get(at(held, "session")).text


def test_where_nobody_has_a_group_or_one_is_too_small_nothing_is_compared_and_the_page_says_why(client, ada):
    alike = by_group(ada, {"list-is-open": [1, 2, 3, 4] * 2}, groups=[("", 8)])
    small = by_group(ada, {"list-is-open": [1, 2, 3, 4, 4, 4, 4]}, groups=[("board", 4), ("staff", 3)], name="Quay Choir")

    assert at(alike) not in client.get(at(alike, "session")).text
    assert "There are no groups to compare" in client.get(at(alike)).text
    page = client.get(at(small)).text
    assert "has 4 answers or more" in page
    assert (row_of(page, "who borrowed what"), "board" in page, "staff" in page) == (None, False, False)


def test_an_open_round_compares_everybody_and_whoever_has_no_group(client, ada):
    held = by_group(ada, {"list-is-open": [1, 4, 3]}, groups=[("board", 1), ("staff", 1), ("", 1)], openness="open")

    page = client.get(at(held)).text

    assert "without a group" in page
    assert row_of(page, "who borrowed what") == [["1.0", *"1·0·0·0"], ["4.0", *"0·0·0·1"], ["3.0", *"0·0·1·0"]]


@pytest.mark.parametrize("of", ["session", "module", "group"])
def test_results_take_as_few_queries_for_one_proof_point_as_for_three_and_are_drawn_once(client, ada, of):
    said = {point: [1, 1, 2, 2, 3, 3, 3, 4] for point in practising.POINTS[:3]}
    one, three = by_group(ada, {"list-is-open": said["list-is-open"]}), by_group(ada, said, name="Quay Choir")
    addresses = [
        reverse(f"practice:{of}-results", args=[held.pk, *(["lending"] if of == "module" else [])]) for held in (one, three)
    ]
    client.get(addresses[0] + "?another")
    remembered.pages.clear()

    first, again = [look(client, address) for address in addresses], [look(client, address) for address in addresses]

    assert first[0].queries == first[1].queries <= MOST_QUERIES
    assert again[0].queries == again[1].queries < first[0].queries
    assert [look.text for look in first] == [look.text for look in again]
    assert first[0].text != first[1].text
    client.force_login(make.person("Somebody Else"))
    assert [client.get(address).status_code for address in addresses] == [404, 404]


class Look(NamedTuple):
    queries: int
    text: str


def look(client, address):
    """A page, without what is of this moment alone."""
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    assert answer.status_code == 200
    return Look(len(asked), re.sub(r'(name="csrfmiddlewaretoken" value=|nonce=)"[^"]+"', "", answer.text))


def test_a_round_that_runs_and_names_are_drawn_each_time(client, ada):
    """What is remembered is what was counted as a round was closed: neither what may still change nor what somebody may have erased."""
    held = by_group(ada, {"list-is-open": [(1, "Behind the door."), 2, 3]}, groups=[("board", 3)], openness="open")
    second = practising.session(ada, people=practising.named(4), follows=held, openness="open")
    address = reverse("practice:session-results", args=[second.pk])
    client.get(address)
    practising.answered(second, {"list-is-open": [4, 4, 4, 4]})

    assert "4 of 4 people answered." in client.get(address).text
    module = reverse("practice:module-results", args=[held.pk, "lending"])
    assert "Behind the door." in client.get(module).text
    held.respondents.first().delete()
    assert "Behind the door." not in client.get(module).text


def test_no_module_can_take_the_address_of_the_comparison():
    with pytest.raises(Unreadable, match="taken by a page of its own"):
        read_instrument(practising.SMALL.replace("key: listening", "key: groups"))
