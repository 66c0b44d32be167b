"""The cast. Each person is made when a test asks for them."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from functools import partial

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase

from community.at_hand import at_hand
from tests import make, migrated
from tests.access import Cast
from tests.browser import (  # noqa: F401 - fixtures, and the mark on whatever asks for a browser
    browser_type_launch_args,
    open_page,
    page,
    pytest_collection_modifyitems,
    tasks_wait,
    watched,
)
from tests.database import delete_all_rows, undone_at_the_end

TransactionTestCase._fixture_teardown = delete_all_rows


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end of the run: the garbage collector need not look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def call_in_one_piece(function, **arguments):
    """Python keeps its frames in pieces of 16 kB, and maps a piece anew each time that a call goes past the end of the one before: pages
    are rendered that deep, some thousand times a second. A function that asks for a large stack begins a piece that holds all of it.
    """
    return function(**arguments)


call_in_one_piece.__code__ = call_in_one_piece.__code__.replace(co_stacksize=100_000)


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem) -> None:
    """A tenth of the time of a test that reads pages (Python 3.11)."""
    pyfuncitem.obj = partial(call_in_one_piece, pyfuncitem.obj)


@pytest.fixture
def alice(db):
    """An active ambassador."""
    return make.ambassador("Alice Amadi")


@pytest.fixture
def bob(db):
    """Another active ambassador, who shares nothing with Alice unless a test says so."""
    return make.ambassador("Bob Brandt")


@pytest.fixture
def staff(db):
    """A member of the support team without further duties."""
    return make.person("Sam Staff", is_staff=True)


@pytest.fixture
def alumna(db):
    """A former ambassador: may sign in, sees only what is her own."""
    return make.ambassador("Ines Ibarra", status="alumni")


@pytest.fixture(autouse=True)
def nobody_came_too_often():
    """Limits count in the cache, which outlives a test, and so do the pages that a process has at hand."""
    cache.clear()
    at_hand.forget()


@pytest.fixture
def cast(db) -> Cast:
    """The people of the access table and the leak suite."""
    return make.cast()


@pytest.fixture(scope="module")
def lasting_cast(django_db_setup, django_db_blocker) -> Iterator[Cast]:
    """The same, made once for all tests of a module that commits nothing, and gone after them."""
    with undone_at_the_end(django_db_blocker):
        yield make.cast()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """A database is a copy of one that is migrated already."""
    migrated.wait()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The tests' database. A thread of a live server may hold its connection a moment longer than its test: it must not keep the
    database from being dropped at the end."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
