"""Work that takes long, and is done whole or not at all: filling a database, putting thousands on the roster."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, models

from foundation.publication import publication_changed_once
from foundation.search import index_once

# A page must not hang, so its statements, its waits and its pauses have limits (settings.DATABASES). None of them is meant for this.
WITHOUT_LIMITS = {"statement_timeout": "0", "idle_in_transaction_session_timeout": "0", "lock_timeout": "60s"}


def lift_page_limits() -> None:
    """Until the transaction ends, let each statement take what it needs, and a lock up to a minute."""
    with connection.cursor() as cursor:
        for name, value in WITHOUT_LIMITS.items():
            cursor.execute("SELECT set_config(%s, %s, true)", [name, value])


@contextmanager
def done_whole() -> Iterator[None]:
    """One transaction, at whose end everything is indexed once and the public pages are made anew once.

    Whatever raises in it undoes all of it, also where the caller catches the error. So the blocks inside need no savepoints, which would
    be half of all that the database is asked.
    """
    with index_once(), publication_changed_once():
        lift_page_limits()
        had_savepoints = connection.features.uses_savepoints
        connection.features.uses_savepoints = False
        try:
            yield
        finally:
            connection.features.uses_savepoints = had_savepoints


def count_anew(*kinds: type[models.Model]) -> None:
    """Have the database look how many rows these tables (none: all) hold now. By itself it does so a minute later, and plans for empty ones until then."""
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(connection.ops.quote_name(kind._meta.db_table) for kind in kinds)}")


@contextmanager
def with_savepoints() -> Iterator[None]:
    """Within `done_whole`, let blocks inside be taken back by themselves after all: for work that refuses by raising."""
    had_savepoints = connection.features.uses_savepoints
    connection.features.uses_savepoints = True
    try:
        yield
    finally:
        connection.features.uses_savepoints = had_savepoints
