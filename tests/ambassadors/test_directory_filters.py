"""Looking for people by words and choices: what is found, what is offered, and that neither tells what a field keeps for others."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from ambassadors.models import Ambassador
from foundation import search
from foundation.models import RoleLabel, Sector, Synonym, Topic
from tests import make

URL = "/ambassadors/"
AUDIENCES = ["public", "members", "staff"]
FIELDS = {
    "topic": "topics_audience",
    "sector": "sector_audience",
    "role": "role_labels_audience",
    "country": "place_audience",
}
CHOSEN = {"topic": "wonder", "sector": "wonder", "role": "wonder", "country": "Wonderland"}


def found(client, **query) -> list[str]:
    return [card.name for card in client.get(URL, query).context["cards"]]


def offered(client, **query) -> dict[str, list[str]]:
    return {select.name: re.findall(r">([^<]+)<", select.options) for select in client.get(URL, query).context["selects"]}


def wonderful(name: str, **fields) -> Ambassador:
    """Somebody who carries a word of each kind."""
    sector = Sector.objects.get_or_create(name="Wonder")[0]
    person = make.ambassador(name, sector=sector, place="Rabbit Hole, Wonderland", topics=["Wonder"], **fields).ambassador
    person.role_labels.add(RoleLabel.objects.get_or_create(name="Wonder")[0])
    search.index(person)
    return person


def client_of(client, reader):
    if reader is not None:
        client.force_login(reader)
    return client


@pytest.mark.row("J3")
@pytest.mark.parametrize("words", ["measurement", "measur", "Evaluation", "mesurement"])
def test_a_synonym_finds_those_who_are_tagged_with_its_topic(client, alice, words):
    make.ambassador("Ann Arbour", topics=["Evaluation"])
    Synonym.objects.create(name="Measurement", topic=Topic.objects.get(name="Evaluation"))
    search.refresh_stale()
    make.ambassador("Ben Bower", topics=["Governance"])
    client.force_login(alice)

    page = client.get(URL, {"q": words}).content.decode()

    assert ("Ann Arbour" in page, "Ben Bower" in page) == (True, False)


@pytest.mark.parametrize("choice", FIELDS)
@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_choice_finds_and_is_offered_where_the_field_may_be_read(client, alice, alumna, staff, choice, audience):
    wonderful("Ann Arbour", listed_for="public", **{FIELDS[choice]: audience})
    readers = {"public": [None, alumna], "members": [alice], "staff": [staff]}
    may = AUDIENCES[AUDIENCES.index(audience) :]

    told = {}
    for who, people in readers.items():
        for reader in people:
            client.logout()
            client_of(client, reader)
            is_found = found(client, **{choice: CHOSEN[choice]}) == ["Ann Arbour"]
            told.setdefault(who, set()).add((is_found, choice in offered(client)))

    assert told == {who: {(who in may, who in may)} for who in AUDIENCES}


def test_nothing_is_offered_because_of_somebody_whom_the_reader_does_not_find(client, alice):
    open_to_all = dict.fromkeys(FIELDS.values(), "public")
    wonderful("Hidden Hanna", listed_for="staff", **open_to_all)
    wonderful("Left Lars", status="alumni", listed_for="public", **open_to_all)
    wonderful("Members Mia", listed_for="members", **open_to_all)
    visitor = offered(client)
    Ambassador.objects.filter(slug="members-mia").update(listed_for="staff")
    client.force_login(alice)

    assert (visitor, offered(client)) == ({}, {})


def test_choices_and_words_are_combined(client, alice):
    wonderful("Ann Arbour", ask_me_about="budgets")
    wonderful("Ben Bower", ask_me_about="boards")
    make.ambassador("Cy Coast", ask_me_about="budgets")
    client.force_login(alice)

    assert found(client, topic="wonder", sector="wonder", role="wonder", country="Wonderland", q="budg") == ["Ann Arbour"]


@pytest.mark.parametrize(
    ("audience", "expected"), [("public", ["Ben Bower"]), ("members", ["Ben Bower"]), ("staff", ["Ann Arbour", "Ben Bower"])]
)
def test_available_now_leaves_out_who_says_to_be_away(client, alice, audience, expected):
    until = timezone.localdate() + timedelta(days=5)
    make.ambassador("Ann Arbour", away_until=until, away_until_audience=audience)
    make.ambassador("Ben Bower", away_until=until - timedelta(days=50))
    make.ambassador("Lea Listed", status="listed", is_active=False)
    make.ambassador("Pau Pausing", status="paused")
    client.force_login(alice)

    assert found(client, available="1") == ["Alice Amadi", *expected]


def test_a_visitor_is_not_told_who_is_available(client, db):
    make.ambassador("Pau Pausing", status="paused", listed_for="public")

    page = client.get(URL, {"available": "1"})

    assert [card.name for card in page.context["cards"]] == ["Pau Pausing"]
    assert "Available now" not in page.content.decode()


@pytest.mark.parametrize("query", [{"sector": "no-such"}, {"topic": "\0'\"%"}, {"country": "x" * 500}, {"role": "1 OR 1=1"}])
def test_an_odd_choice_finds_nobody(client, alice, query):
    client.force_login(alice)

    assert found(client, **query) == (
        [] if query["topic" if "topic" in query else next(iter(query))].strip("\0") else ["Alice Amadi"]
    )


def test_what_is_chosen_stays_chosen_and_is_escaped(client, alice):
    wonderful("Ann Arbour")
    client.force_login(alice)

    page = client.get(URL, {"sector": "wonder", "topic": '"><script>'}).content.decode()

    assert '<option value="wonder" selected>Wonder</option>' in page
    assert ('<option value="&quot;&gt;&lt;script&gt;" selected>' in page, "<script>" in page) == (True, False)


def test_a_word_is_offered_as_soon_as_somebody_has_it(client, alice, django_capture_on_commit_callbacks):
    client.force_login(alice)
    before = offered(client)

    with django_capture_on_commit_callbacks(execute=True):
        wonderful("Ann Arbour")

    assert (before, offered(client)["sector"]) == ({}, ["Wonder"])


def test_each_part_of_the_question_can_be_taken_away(client, alice):
    wonderful("Ann Arbour")
    client.force_login(alice)

    chips = client.get(URL, {"q": "ann", "sector": "wonder", "country": "Wonderland", "available": "1"}).context["chips"]

    assert [(chip.label, chip.url) for chip in chips] == [
        ("“ann”", "/ambassadors/?sector=wonder&country=Wonderland&available=1"),
        ("Wonder", "/ambassadors/?q=ann&country=Wonderland&available=1"),
        ("Wonderland", "/ambassadors/?q=ann&sector=wonder&available=1"),
        ("Available now", "/ambassadors/?q=ann&sector=wonder&country=Wonderland"),
    ]


def test_whoever_is_called_so_comes_before_those_who_are_known_for_it_and_those_who_speak_of_it(client, alice):
    make.ambassador("Ann Abel", bio="<p>I met Wonder</p>")
    make.ambassador("Bea Bell", topics=["Wonder"])
    make.ambassador("Zoe Wonder")
    make.ambassador("Cleo Cole", bio="<p>wonders</p>")
    client.force_login(alice)

    assert found(client, q="wonder") == ["Zoe Wonder", "Bea Bell", "Ann Abel", "Cleo Cole"]


def test_pages_of_a_search_show_everybody_once(client, alice):
    for number in range(40):
        topics, bio = (["Wonder"], "") if number % 2 else ([], "<p>wonder</p>")
        make.ambassador(f"Ann {number:02}", topics=topics, bio=bio)
    client.force_login(alice)

    seen, url = [], f"{URL}?q=wonder"
    while url:
        page = client.get(url)
        seen += [card.name for card in page.context["cards"]]
        url = URL + page.context["next_url"] if page.context["next_url"] else ""

    assert seen == [f"Ann {n:02}" for n in range(1, 40, 2)] + [f"Ann {n:02}" for n in range(0, 40, 2)]


def test_a_misspelt_name_leads_to_the_likely_ones(client, alice):
    make.ambassador("Tomasz Wierzbicki")
    make.ambassador("Hidden Wierzbick", listed_for="staff")
    client.force_login(alice)

    page = client.get(URL, {"q": "tomas wierzbiki"})

    assert ([card.name for card in page.context["cards"]], [card.name for card in page.context["near"]]) == (
        [],
        ["Tomasz Wierzbicki"],
    )
    assert "Did you mean" in page.content.decode()


@pytest.mark.parametrize(
    ("people", "query", "said"),
    [(0, {"q": "arb"}, "Nobody found"), (1, {"q": "arb"}, "1 person"), (30, {"q": "arb"}, "30 people"), (30, {}, "")],
)
def test_it_is_said_how_many_were_found(client, alice, people, query, said):
    for number in range(people):
        make.ambassador(f"Ann Arbour {number}")
    client.force_login(alice)

    assert client.get(URL, query).context["found"] == said


def test_while_one_types_only_the_people_are_sent(client, alice):
    make.ambassador("Ann Arbour")
    client.force_login(alice)

    alone = client.get(URL, {"q": "arb", "sector": ""}, headers={"HX-Request": "true"})
    back = client.get(URL, {"q": "arb"}, headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})

    assert ("Ann Arbour" in alone.content.decode(), "<html" in alone.content.decode()) == (True, False)
    assert (alone.headers["HX-Replace-Url"], "HX-Request" in alone.headers["Vary"]) == ("/ambassadors/?q=arb", True)
    assert "<html" in back.content.decode()


@pytest.mark.parametrize("rows", [1, 3, 24])
@pytest.mark.parametrize(
    ("query", "queries"), [({}, 5), ({"q": "ann"}, 5), ({"q": "ann", "sector": "wonder", "available": "1"}, 5)]
)
def test_query_count_of_a_question(client, alice, django_assert_num_queries, rows, query, queries):
    for number in range(rows):
        wonderful(f"Ann {number}", organization=f"House {number}")
    client.force_login(alice)

    with django_assert_num_queries(queries):
        assert len(client.get(URL, query).context["cards"]) >= min(rows, 23)


def test_query_count_where_there_is_more_and_where_there_is_nobody(client, alice, django_assert_num_queries):
    for number in range(30):
        wonderful(f"Ann {number}")
    client.force_login(alice)

    with django_assert_num_queries(6):  # and how many there are
        client.get(URL, {"q": "ann"})
    cache.clear()
    with django_assert_num_queries(6):  # and those of nearly that name
        client.get(URL, {"q": "xyzzy"})
