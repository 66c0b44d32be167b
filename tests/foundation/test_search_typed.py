"""Finding while somebody types, and what is nearly so spelt."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foundation import search
from foundation.models import SearchEntry
from tests.foundation.test_search import ROWS, indexed, row, topics_can_be_found  # noqa: F401  the fixture holds here, too

VISITOR = AnonymousUser()


def typed(words: str, within: str = "", reader=VISITOR) -> list[str]:
    entries = search.entries_typed(reader, "topic", search.words_of(words), within)
    return sorted(entries.values_list("title", flat=True))


@pytest.mark.parametrize(
    "words", ["e", "eva", "evaluati", "evaluations", "ÉVAL", "learning eval", "learning-eval", "the learn", "an of"]
)
def test_the_last_word_may_only_be_begun(db, words):
    indexed(row("Evaluation of learning", names="The learning house, an office"))
    indexed(row("Governance"))

    assert typed(words) == ["Evaluation of learning"]


@pytest.mark.parametrize("words", ["eval learning", "valuation", "evaluation x"])
def test_the_words_before_the_last_are_whole_and_all_are_needed(db, words):
    indexed(row("Evaluation of learning"))

    assert typed(words) == []


def test_a_text_is_found_by_beginnings_where_it_says_so(db):
    indexed(row("Bio", text="I run evaluations", as_you_type=True))
    indexed(row("Post", text="I run evaluations"))

    assert (typed("evaluati"), typed("evaluation")) == (["Bio"], ["Bio", "Post"])


def test_it_is_told_where_the_words_stand(db):
    indexed(row("Measures"))
    indexed(row("Ann", names="Ann, measures"))
    indexed(row("Ben", text="measures"))

    assert [typed("measur", within) for within in ("A", "AB", "")] == [
        ["Measures"],
        ["Ann", "Measures"],
        ["Ann", "Ben", "Measures"],
    ]


def test_beginnings_are_found_by_their_audience_only(db, alice):
    indexed(row("Measures", "members"))

    assert (typed("measur"), typed("measur", reader=alice)) == ([], ["Measures"])


@pytest.mark.parametrize(("words", "expected"), [("measurment", ["Ann"]), ("Merjem", []), ("evaluatoin", ["Ann"]), ("zzz", [])])
def test_a_letter_wrong_in_a_name_is_forgiven(db, words, expected):
    indexed(row("Ann", names="Ann Smith, évaluation, measurement"))

    near = search.entries_like(VISITOR, "topic", words)

    assert list(near.values_list("title", flat=True)) == expected


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=60))
def test_nothing_that_is_typed_is_an_operator(db, words):
    cleaned = search.words_of(words)

    if cleaned:
        list(search.entries_typed(VISITOR, "topic", cleaned))
        list(search.entries_like(VISITOR, "topic", words.replace("\0", " ")))


def test_what_is_stale_is_written_anew_once(db, django_assert_num_queries):
    topic = indexed(row("Old words"))
    ROWS[topic.pk] = [row("New words")]

    search.mark_stale("topic", type(topic).objects.filter(pk=topic.pk))
    before, refreshed, again = typed("new"), search.refresh_stale(), search.refresh_stale()

    assert (before, refreshed, again, typed("new")) == ([], 1, 0, ["New words"])


def test_a_worker_is_told_of_what_is_stale(db, django_capture_on_commit_callbacks):
    topic = indexed(row("Old words"))
    ROWS[topic.pk] = [row("New words")]

    with django_capture_on_commit_callbacks(execute=True):
        search.mark_stale("topic", type(topic).objects.all())

    assert (typed("new"), SearchEntry.objects.filter(is_stale=True).count()) == (["New words"], 0)


@pytest.mark.parametrize("count", [1, 30])
def test_many_are_indexed_in_few_statements(db, count, django_assert_num_queries):
    topics = [indexed() for _ in range(count)]
    for topic in topics:
        ROWS[topic.pk] = [row(f"Words {topic.pk}", audience) for audience in ("public", "members")]

    with django_assert_num_queries(6):  # a savepoint and its end, the lock, the objects, the entries that are there, the entries
        search.index_many("topic", [topic.pk for topic in topics])

    assert len(typed("words")) == count


def test_reindexing_lets_go_of_what_is_no_longer_there(db):
    topic = indexed(row("Words"))
    type(topic).objects.filter(pk=topic.pk).delete()

    assert (search.index_all("topic"), SearchEntry.objects.count()) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_a_word_may_change_outside_of_a_transaction():
    topic = indexed(row("Old words"))
    ROWS[topic.pk] = [row("New words")]

    search.mark_stale("topic", type(topic).objects.all())

    assert typed("new") == ["New words"]
