"""Words spelt wrong: what they may have meant is looked for among what the reader may read, and nothing else is told of it."""

from __future__ import annotations

import pytest
from django.db import connection

from foundation import search
from foundation.models import SearchEntry, SearchWord
from foundation.search.words import distance
from tests.foundation.test_search import ROWS, VISITOR, indexed, row, titles, topics_can_be_found  # noqa: F401  a fixture

SAID = "Each évaluation needs a budget, and every budget an evaluation."


def told(reader, words: str) -> tuple[list[str], tuple[str, ...]]:
    found = search.search(reader, words)
    return [hit.title for hit in found.hits], found.instead


def known() -> list[str]:
    return list(SearchWord.objects.order_by("word").values_list("word", flat=True))


@pytest.mark.parametrize(
    ("words", "instead"),
    [("evaluaton", ("evaluation",)), ("evalutaion budegt", ("évaluation", "budget")), ("the bugdet", ("budget",)), ("budget", ())],
)
def test_a_word_spelt_wrong_finds_what_it_meant_and_says_so(db, words, instead):
    indexed(row("Notes", text=SAID))

    found, said = told(VISITOR, words)

    assert (found, {word.replace("é", "e") for word in said}) == (["Notes"], {word.replace("é", "e") for word in instead})


def test_the_word_is_told_as_the_hit_spells_it(db):
    indexed(row("Zoë Müller", names="Zoë Müller"))

    assert told(VISITOR, "mullre") == (["Zoë Müller"], ("Müller",))


def test_a_word_of_others_is_neither_found_nor_told(db, alice, staff):
    """Whether it stands in something that they may not read, or nowhere: it is the same to them."""
    indexed(row("Quiet", "staff", names="Quokkaville", text="They meet in Quokkaville."))
    indexed(row("Loud", "members", text="They meet in Quokkavilla."))

    assert told(VISITOR, "quokkavile") == told(VISITOR, "zyxwvut") == ([], ())
    assert told(alice, "quokkavile") == (["Loud"], ("Quokkavilla",))
    assert told(staff, "quokkavile") == (["Quiet"], ("Quokkaville",))


def test_a_word_that_only_shares_its_stem_with_what_the_reader_may_read_is_not_told(db):
    indexed(row("Quiet", "staff", text="An evaluator came."))
    indexed(row("Loud", text="It evaluates."))

    assert told(VISITOR, "evalautor") == (["Loud"], ("evaluates",))


def test_the_nearest_is_meant(db):
    indexed(row("First", text="a measure"))
    indexed(row("Second", text="a treasure"))

    assert told(VISITOR, "meazure") == (["First"], ("measure",))


@pytest.mark.parametrize("words", ['"budegt"', "budegt -boat", "budegt or boat"])
def test_whoever_uses_operators_means_what_they_type(db, words):
    indexed(row("Notes", text=SAID))

    assert told(VISITOR, words) == ([], ())


def test_near_names_come_after_the_words_themselves_and_near_words_of_texts_not_at_all(db):
    indexed(row("Marla Vidal", names="Marla Vidal"))
    indexed(row("Notes", text="Thanks to Marta, said Marka."))

    assert told(VISITOR, "marta") == (["Notes", "Marla Vidal"], ())
    assert titles(VISITOR, "marka") == ["Notes", "Marla Vidal"]


def test_a_page_past_the_end_is_empty_and_still_tells_the_total(db):
    indexed(row("Notes", text=SAID))

    found = search.search(VISITOR, "budget", page=3)

    assert (found.hits, found.total) == ([], 1)


def test_nobody_waits_for_whoever_else_adds_words(db):
    """Two transactions that add the same words in another order would wait for each other."""
    other = connection.copy()
    try:
        other.cursor().execute("SELECT pg_advisory_lock(%s)", [search.words.LEARNING])
        topic = indexed(row("Notes", text=SAID))
        meanwhile = titles(VISITOR, "budget"), known()
    finally:
        other.close()
    search.index(topic)

    assert meanwhile == (["Notes"], [])
    assert known() == ["budget", "evaluation", "every", "needs", "notes"]


def test_a_word_that_nothing_says_any_more_is_forgotten(db):
    indexed(row("Notes", text=SAID))
    gone = indexed(row("Ogunbanjo", names="Ogunbanjo", text="a budget"))
    search.remove(gone)

    assert (search.forget_words(), SearchEntry.objects.count()) == (1, 1)
    assert known() == ["budget", "evaluation", "every", "needs", "notes"]


def test_words_of_entries_that_were_written_by_other_ways_are_learnt(db):
    search.learn(["Some reeds, an adress@tidemark.example and 12 boats"])

    assert known() == ["boats", "reeds"]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("budget", "budget", 0), ("budegt", "budget", 1), ("muler", "muller", 1), ("mario", "marta", 2), ("ab", "ba", 1)],
)
def test_how_far_two_words_are_from_each_other(one, other, expected):
    assert (distance(one, other), distance(other, one)) == (expected, expected)
