"""Long work is done whole or not at all, is not ended by the limits of pages, and tells the cache and the index once."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
from django.core.cache import cache
from django.db import DatabaseError, connection, transaction

from foundation import publication
from foundation.long_work import count_anew, done_whole, lift_page_limits
from foundation.models import Community, Topic

LIMITS = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")


@contextmanager
def statements() -> Iterator[list[str]]:
    """Everything that the database is asked, savepoints included."""
    said: list[str] = []

    def note(execute, sql, *args):
        said.append(sql)
        return execute(sql, *args)

    with connection.execute_wrapper(note):
        yield said


def limits() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(name) FROM unnest(%s) AS name", [list(LIMITS)])
        return [value for (value,) in cursor.fetchall()]


@pytest.mark.django_db(transaction=True)
def test_limits_of_pages_are_lifted_until_the_end_of_the_transaction():
    before = limits()
    with transaction.atomic():
        lift_page_limits()
        within = limits()

    assert (within, limits()) == (["0", "1min", "0"], before)
    assert before == ["15s", "2500ms", "1min"]


@pytest.mark.django_db(transaction=True)
def test_a_statement_takes_longer_than_a_page_may():
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 50")
        try:
            with done_whole():
                cursor.execute("SELECT pg_sleep(0.2)")
            with pytest.raises(DatabaseError, match="statement timeout"):
                cursor.execute("SELECT pg_sleep(0.2)")
        finally:
            cursor.execute("SET statement_timeout = '15s'")


@pytest.mark.django_db(transaction=True)
def test_what_fails_within_undoes_all_of_it_even_when_it_is_caught():
    @done_whole()
    def works() -> None:
        Topic.objects.create(name="Kept bees")
        with suppress(ValueError), transaction.atomic():
            raise ValueError("of no importance to whoever catches it")
        Topic.objects.create(name="Kept going")

    with pytest.raises(transaction.TransactionManagementError):
        works()
    assert Topic.objects.count() == 0
    assert connection.features.uses_savepoints


@pytest.mark.django_db(transaction=True)
def test_blocks_within_ask_for_no_savepoint():
    with statements() as said, done_whole():
        for name in ("Bees", "Boats"):
            with transaction.atomic():
                Topic.objects.create(name=name)

    assert [statement for statement in said if "SAVEPOINT" in statement] == []


@pytest.mark.django_db(transaction=True)
def test_the_cache_is_told_once_and_at_the_end(monkeypatch):
    versions = []
    monkeypatch.setattr(publication, "take_new_version", lambda: versions.append(cache.get(publication.VERSION)))

    with done_whole():
        Community.found()
        Topic.objects.create(name="Bees")
        within = list(versions)

    assert (within, len(versions)) == ([], 1)


@pytest.mark.django_db(transaction=True)
def test_the_cache_is_told_nothing_of_what_was_undone(monkeypatch):
    versions = []
    monkeypatch.setattr(publication, "take_new_version", lambda: versions.append(1))

    @done_whole()
    def fails() -> None:
        Community.found()
        raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        fails()

    assert versions == []


@pytest.mark.django_db(transaction=True)
def test_the_planner_knows_of_the_rows_that_came():
    Topic.objects.bulk_create(Topic(name=f"Topic {number}", slug=f"topic-{number}") for number in range(2000))

    count_anew(Topic)

    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'foundation_topic'")
        assert cursor.fetchone() == (2000,)
