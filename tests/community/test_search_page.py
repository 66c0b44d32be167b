"""The search page: what each reader finds, by kind and page."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command

from foundation import search
from foundation.models import SearchEntry, Topic
from tests import make

URL = "/search/"


@pytest.fixture
def secrets(monkeypatch):
    """A kind of thing that visitors never find."""
    kind = search.Searchable(
        "Secrets",
        Topic,
        lambda topic: [search.SearchRow("members", topic.name, url="/desk/")],
        Topic.objects.all,
        for_visitors=False,
    )
    monkeypatch.setattr(search.searchables, "_entries", dict(search.searchables.items()))
    search.searchables.add("secret", kind)


def told(client, **query) -> tuple[list[str], list[str]]:
    page = client.get(URL, query)
    return [hit.title for hit, _label in page.context["hits"]], [tab.label for tab in page.context["tabs"]]


def test_each_reader_finds_what_is_open_to_them(client, alice, secrets):
    make.ambassador("Ann Arbour", listed_for="public", bio="<p>budgets</p>", bio_audience="members")
    search.index(Topic.objects.create(name="Arbour budget"))

    visitor = [told(client, q=words)[0] for words in ("arbour", "budgets")]
    client.force_login(alice)
    member = [sorted(told(client, q=words)[0]) for words in ("arbour", "budgets")]

    assert visitor == [["Ann Arbour"], []]
    assert member == [["Ann Arbour", "Arbour budget"], ["Ann Arbour", "Arbour budget"]]


def test_one_kind_alone(client, alice, secrets):
    make.ambassador("Ann Arbour")
    search.index(Topic.objects.create(name="Arbour budget"))
    client.force_login(alice)

    assert told(client, q="arbour", kind="secret")[0] == ["Arbour budget"]
    assert told(client, q="arbour", kind="person")[0] == ["Ann Arbour"]
    assert sorted(told(client, q="arbour", kind="tortoise")[0]) == ["Ann Arbour", "Arbour budget"]


def test_a_kind_that_visitors_never_find_is_not_offered_to_them(client, alice, secrets):
    visitor = told(client, q="x")[1]
    client.force_login(alice)

    assert ("Secrets" in visitor, "Secrets" in told(client, q="x")[1]) == (False, True)


def test_a_hit_shows_the_words_marked(client, alice):
    make.ambassador("Ann Arbour", bio="<p>I listen to families & learn daily</p>")
    client.force_login(alice)

    page = client.get(URL, {"q": "family"}).content.decode()

    assert "<mark>families</mark> &amp; learn" in page


def test_pages_show_every_hit_once(client, alice):
    for number in range(45):
        make.ambassador(f"Ann Arbour {number}")
    client.force_login(alice)

    seen, url = [], f"{URL}?q=arbour"
    while url:
        page = client.get(url)
        seen += [hit.title for hit, _label in page.context["hits"]]
        url = page.context["next_url"]

    assert sorted(seen) == sorted(f"Ann Arbour {number}" for number in range(45))
    assert page.context["previous_url"] == "/search/?q=arbour&page=2"


@pytest.mark.parametrize(("query", "said"), [({}, ""), ({"q": "zzz"}, "Nothing found"), ({"q": "arbour"}, "1 found")])
def test_it_is_said_how_much_was_found(client, alice, query, said):
    make.ambassador("Ann Arbour")
    client.force_login(alice)

    page = client.get(URL, query)

    assert (page.context["found"], page.status_code) == (said, 200)


def test_a_word_spelt_wrong_is_told_with_what_was_looked_for_instead(client, alice):
    make.ambassador("Ann Arbour", bio="<p>I listen to families</p>")
    client.force_login(alice)

    wrong, right = (client.get(URL, {"q": words}).content.decode() for words in ("familise", "families"))

    assert "Nothing says “familise”. Showing results for “families”." in wrong
    assert ("<mark>families</mark>" in wrong, "Nothing says" in right) == (True, False)


def test_more_than_are_ranked_are_told_as_more(client, alice, monkeypatch):
    monkeypatch.setattr(search.finding, "MOST_RANKED", 2)
    for number in range(3):
        make.ambassador(f"Ann Arbour {number}")
    client.force_login(alice)

    assert client.get(URL, {"q": "arbour"}).context["found"].startswith("More than 1,000 found")


@pytest.mark.parametrize(
    "query", [{"q": "\0"}, {"q": "x", "page": "²"}, {"q": "x", "page": "-1"}, {"q": "x", "page": "9" * 40}, {"q": "(("}]
)
def test_an_odd_address_breaks_nothing(client, db, query):
    assert client.get(URL, query).status_code == 200


def test_a_page_past_the_end_leads_back(client, alice):
    make.ambassador("Ann Arbour")
    client.force_login(alice)

    page = client.get(URL, {"q": "arbour", "page": "7"})

    assert (page.context["hits"], page.context["previous_url"]) == ((), "/search/?q=arbour&page=6")


@pytest.mark.parametrize(("rows", "likeness"), [(1, 1), (3, 1), (24, 0)])
def test_query_counts(client, alice, rows, likeness, django_assert_num_queries):
    """Where less than a page is found, names that are nearly so spelt are asked for as well."""
    for number in range(rows):
        make.ambassador(f"Ann Arbour {number}", listed_for="public")

    with django_assert_num_queries(2 + likeness):  # the community, what is found
        client.get(URL, {"q": "arbour"})
    client.force_login(alice)
    with django_assert_num_queries(5 + likeness):  # and the session, the reader, the spaces that they read
        client.get(URL, {"q": "arbour"})


def test_every_page_leads_to_the_search(client, db):
    assert f'href="{URL}"' in client.get("/").content.decode()


@pytest.mark.browser
@pytest.mark.parametrize("query", ["", "?q=arbour", "?q=zzzz"])
def test_the_search_page_is_accessible(open_page, transactional_db, query):
    from tests.accessibility import CLIPPED, axe, sideways  # deferred: only a browser needs them

    make.ambassador(
        "Ann Arbour" + "-Featherstone" * 5,
        slug="ann",
        listed_for="public",
        bio="<p>Arbour " + "x" * 90 + "</p>",
        bio_audience="public",
    )
    page = open_page(viewport={"width": 390, "height": 844})
    page.goto(URL + query)

    assert [*axe(page), *page.evaluate(CLIPPED), *sideways(page)] == []


def test_nobody_is_found_after_a_removal(client, staff):
    from ambassadors import workflow  # deferred: one test speaks of it

    person = make.ambassador("Ann Arbour", listed_for="public")
    before = told(client, q="arbour")[0]
    workflow.remove(person.ambassador, by=staff, agreed=make.second(), reason="a reason")

    assert (before, told(client, q="arbour")[0]) == (["Ann Arbour"], [])
    assert list(search.entries_typed(AnonymousUser(), "person", ["arbour"])) == []


def test_every_kind_can_be_indexed_anew(db, alice):
    """A kind whose model has a field named like one of the query's own would refuse."""
    call_command("reindex")

    assert SearchEntry.objects.filter(kind="person", title=alice.name).exists()
