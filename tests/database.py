"""How tests leave the database as they found it, without the work that Django would do for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.test import TransactionTestCase

KEPT = ("django_migrations", "django_content_type", "auth_permission")
# As a replica, so that neither a foreign key nor the guard of the history asks about each row: afterwards there is none.
DELETE_ALL_ROWS = """
DO $$ DECLARE name text; BEGIN
  SET LOCAL session_replication_role = replica;
  FOR name IN SELECT format('%I', tablename) FROM pg_tables WHERE schemaname = current_schema() AND NOT tablename = ANY ({kept}) LOOP
    EXECUTE 'DELETE FROM ' || name;
  END LOOP;
END $$"""

flush = TransactionTestCase._fixture_teardown


def delete_all_rows(test: TransactionTestCase) -> None:
    """Take away what a test has committed. A database whose owner is no superuser gets Django's own flush.

    That one truncates every table there is, and makes each content type and permission anew: longer than most tests take.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('is_superuser') = 'on'")
        if not cursor.fetchone()[0]:
            flush(test)
            return
        cursor.execute(DELETE_ALL_ROWS.format(kept=f"'{{{','.join(KEPT)}}}'"))


@contextmanager
def undone_at_the_end(django_db_blocker) -> Iterator[None]:
    """For what all tests of a module look at, if none of them commits: each test runs in a savepoint within this transaction."""
    around = transaction.atomic()
    around._from_testcase = True  # as a test's own transaction: a durable block may begin within it
    with django_db_blocker.unblock(), around:
        yield
        transaction.set_rollback(True)
