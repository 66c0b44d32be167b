"""Putting everybody of a roster on ours: all of them or nobody, and whoever is here already stays as they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from allauth.account.models import EmailAddress
from django.db import IntegrityError, connection
from django.utils.translation import gettext as _

from ambassadors.models import Ambassador, Organization, User
from ambassadors.roster.checking import entries
from ambassadors.roster.reading import DELIMITERS, Roster
from ambassadors.roster.report import Entry, Report
from ambassadors.workflow.bulk_listing import Lister, known_addresses
from foundation.long_work import count_anew, lift_page_limits
from foundation.models import HistoryEntry, Place, SearchEntry, Via
from foundation.search import index_once

ROWS_AT_ONCE = 500
THE_IMPORT = 0x726F73746572  # the number of the advisory lock: "roster"


class _Refused(Exception):
    """Rolls back what was written before a problem was found."""


def import_roster(
    roster: Roster, *, by: User | None, dry_run: bool = False, progress: Callable[[int], None] = lambda rows: None
) -> Report:
    """Put the people of `roster` on ours, unless anything is wrong with any row; the report says what was, or would be, done."""
    report = Report(roster.encoding, DELIMITERS[roster.delimiter], roster.columns.matched(), roster.columns.ignored)
    try:
        with index_once():
            lift_page_limits()
            if not dry_run and not _is_the_only_import():
                report.refuse(0, "", _("Somebody else is importing a roster at this moment. Try again when it is done."))
                raise _Refused
            _walk(roster, report, None if dry_run else Lister(by=by, via=Via.IMPORT), progress)
            if report.problems:
                raise _Refused
    except _Refused:
        pass
    except IntegrityError:
        # Somebody with one of these addresses was put on the roster by hand between our look and our insert.
        report.refuse(0, "", _("Somebody of this roster was added by hand in the same moment. Nothing was imported; try again."))
    else:
        if not dry_run:
            count_anew(User, EmailAddress, Ambassador, Organization, Place, HistoryEntry, SearchEntry)
    return report


def _walk(roster: Roster, report: Report, lister: Lister | None, progress: Callable[[int], None]) -> None:
    for some in _in_chunks(entries(roster, report)):
        known = known_addresses(entry.email for entry in some)
        here = [entry for entry in some if known.get(entry.email, False)]
        new = [entry for entry in some if not known.get(entry.email, False)]
        report.count(new, here)
        if lister and not report.problems:
            lister.put(new)
        progress(report.rows)


def _in_chunks(people: Iterable[Entry]) -> Iterator[list[Entry]]:
    iterator = iter(people)
    while some := list(islice(iterator, ROWS_AT_ONCE)):
        yield some


def _is_the_only_import() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [THE_IMPORT])
        return bool(cursor.fetchone()[0])
