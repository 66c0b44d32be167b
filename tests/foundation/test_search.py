from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser

from foundation import search
from foundation.models import SearchEntry, Topic

VISITOR = AnonymousUser()
ROWS: dict[int, list[search.SearchRow]] = {}


@pytest.fixture(autouse=True)
def topics_can_be_found(monkeypatch):
    """Topics stand for whatever an app registers: what can be found of each is in ROWS."""
    kind = search.Searchable("Topics", Topic, lambda topic: ROWS[topic.pk], Topic.objects.all)
    monkeypatch.setattr(search.searchables, "_entries", {"topic": kind})
    monkeypatch.setattr(search.audience_keys, "_entries", {})
    ROWS.clear()


def indexed(*rows: search.SearchRow) -> Topic:
    topic = Topic.objects.create(name=f"topic {Topic.objects.count()}")
    ROWS[topic.pk] = list(rows)
    search.index(topic)
    return topic


def row(title: str, audience: str = "public", **fields) -> search.SearchRow:
    return search.SearchRow(audience, title, url=f"/{title.replace(' ', '-')}/", **fields)


def titles(reader, words: str, **options) -> list[str]:
    return [hit.title for hit in search.search(reader, words, **options).hits]


def test_each_reader_finds_what_their_keys_open(db, alice, bob, alumna, staff):
    search.audience_keys.add("people", lambda reader: {f"space:{12 if reader == bob else 0}": "A space"})
    for audience in ("public", "members", "staff", "space:12"):
        indexed(row(f"budget for {audience}", audience))

    found = {reader: sorted(titles(reader, "budget")) for reader in (VISITOR, alumna, alice, bob, staff)}

    assert found == {
        VISITOR: ["budget for public"],
        alumna: ["budget for public"],
        alice: ["budget for members", "budget for public"],
        bob: ["budget for members", "budget for public", "budget for space:12"],
        staff: ["budget for members", "budget for public", "budget for staff"],
    }


@pytest.mark.parametrize("words", ["zoë müller", "Zoe Muller", "ZOË", "muler", "Zöe Mullre", "mül", "miller"])
def test_a_name_is_found_without_its_accents_and_with_a_letter_wrong(db, words):
    indexed(row("Zoë Müller", names="Zoë Müller"))
    indexed(row("Bartholomew Ogunbanjo", names="Bartholomew Ogunbanjo"))

    assert titles(VISITOR, words) == ["Zoë Müller"]


def test_a_name_with_a_letter_wrong_is_found_by_its_audience_only(db, alice):
    indexed(row("Zoë Müller", "members", names="Zoë Müller"))

    assert (titles(VISITOR, "muler"), titles(alice, "muler")) == ([], ["Zoë Müller"])


def test_a_near_miss_is_left_out_when_the_word_itself_is_there(db):
    indexed(row("Marta Vidal", names="Marta Vidal"))
    indexed(row("Mario Santos", names="Mario Santos"))

    assert titles(VISITOR, "marta") == ["Marta Vidal"]


@pytest.mark.parametrize(
    ("words", "expected"), [("évaluations", 1), ("evaluation", 1), ('"learning budget"', 0), ("cost -évaluation", 0)]
)
def test_words_are_found_in_their_forms(db, words, expected):
    indexed(row("Notes", text="The évaluation and its cost; a budget for learning."))

    assert len(titles(VISITOR, words)) == expected


def test_a_title_counts_more_than_a_text_and_each_thing_is_found_once(db, alice):
    indexed(row("Other notes", text="on budgets"))
    indexed(row("Budgets", "public"), row("Budgets", "members", text="and more on budgets"))

    assert titles(alice, "budget") == ["Budgets", "Other notes"]


def test_what_changes_is_found_anew_and_what_goes_no_longer(db, alice):
    topic = indexed(row("Old words", "public"), row("Old words", "members"))

    ROWS[topic.pk] = [row("New words", "members")]
    search.index(topic)
    after_change = [titles(alice, "old"), titles(alice, "new"), titles(VISITOR, "new")]
    search.remove(topic)

    assert after_change == [[], ["New words"], []]
    assert (titles(alice, "new"), SearchEntry.objects.count()) == ([], 0)


def test_indexing_twice_or_all_anew_changes_nothing(db):
    topic = indexed(row("Once", text="words"))

    search.index(topic)

    assert (search.index_all("topic"), SearchEntry.objects.count(), titles(VISITOR, "words")) == (1, 1, ["Once"])


def test_an_excerpt_is_escaped_and_marks_the_words(db):
    indexed(row("Notes", text="a <script>alert(1)</script> budget & more"))

    (hit,) = search.search(VISITOR, "budgets").hits

    assert "<mark>budget</mark> &amp; more" in hit.excerpt
    assert "<script" not in hit.excerpt


def test_the_newest_are_ranked_and_more_are_told_as_more(db, monkeypatch):
    monkeypatch.setattr(search.finding, "MOST_RANKED", 3)
    for day in range(1, 5):
        indexed(row(f"budget {day}", at=datetime(2026, 1, day, tzinfo=UTC)))

    found = search.search(VISITOR, "budget", size=2)

    assert (found.total, found.is_more, len(found.hits)) == (3, True, 2)
    assert sorted(titles(VISITOR, "budget")) == ["budget 2", "budget 3", "budget 4"]
    assert titles(VISITOR, "budget", page=2, size=2) + [hit.title for hit in found.hits] != []


@pytest.mark.parametrize("words", ["", "  ", "\0", "'", '"', "((", "a:b & !c", "-", "x" * 5000, "%", "\\", "the"])
def test_odd_words_find_nothing_and_break_nothing(db, words):
    indexed(row("Notes", text="some words", names="Notes"))

    assert titles(VISITOR, words) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_a_search_costs_two_queries_beside_the_readers_standing(db, alice, rows, django_assert_num_queries):
    for number in range(rows):
        indexed(row(f"budget {number}", "members", text="words"))
    reader = type(alice).objects.get(pk=alice.pk)

    with django_assert_num_queries(3):  # the profile, what is found, what is like it
        assert len(titles(reader, "budget")) == rows


def test_many_changes_of_one_object_are_indexed_once_at_the_end(db):
    topic = indexed(row("first words"))

    with search.index_once():
        ROWS[topic.pk] = [row("second words")]
        search.index(topic)
        with search.index_once():
            search.index(topic)
        meanwhile = titles(VISITOR, "words")
        ROWS[topic.pk] = [row("last words")]

    assert (meanwhile, titles(VISITOR, "words")) == (["first words"], ["last words"])


def test_work_that_fails_indexes_nothing_and_holds_nothing_back_after(db):
    topic = indexed(row("first words"))

    @search.index_once()
    def fails():
        ROWS[topic.pk] = [row("second words")]
        search.index(topic)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    after_failing = titles(VISITOR, "words")
    search.index(topic)

    assert (after_failing, titles(VISITOR, "words")) == (["first words"], ["second words"])


def test_a_lead_is_found_and_shown_whole_above_the_lines_that_were_meant(db):
    indexed(
        row(
            "Rosa",
            lead="Head of <learning>, Harbour House",
            text="what a budget hides.\nOther lines\nBudgets and boats\none budget",
        )
    )

    (hit,) = search.search(VISITOR, "budget").hits
    (by_lead,) = search.search(VISITOR, "harbour").hits

    assert (hit.lead, hit.excerpt) == (
        "Head of &lt;learning&gt;, Harbour House",
        "what a <mark>budget</mark> hides. <mark>Budgets</mark> and boats · one <mark>budget</mark>",
    )
    assert (by_lead.lead, by_lead.excerpt) == ("Head of &lt;learning&gt;, <mark>Harbour</mark> House", "")


def test_an_excerpt_of_a_text_reads_as_one_line(db):
    indexed(row("Notes", text="- First of all a budget.\n- Then, boats."))

    (hit,) = search.search(VISITOR, "budget").hits

    assert (hit.lead, hit.excerpt) == ("", "First of all a <mark>budget</mark>. Then, boats.")
