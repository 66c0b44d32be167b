from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from foundation import search


class Command(BaseCommand):
    """The index from scratch: for rows that were changed in SQL, and releases that index more than before."""

    help = "Write anew what can be found by searching: everything, or one kind. The site goes on meanwhile; doing it twice does no harm."

    def add_arguments(self, parser: CommandParser) -> None:
        kinds = [kind for kind, _searchable in search.searchables.items()]
        parser.add_argument("kinds", nargs="*", metavar="KIND", help=f"One of: {', '.join(kinds)}. None: all of them.")

    def handle(self, *args: Any, **options: Any) -> None:
        kinds = options["kinds"] or [kind for kind, _searchable in search.searchables.items()]
        for kind in kinds:
            if kind not in search.searchables:
                self.stderr.write(f"Nothing of the kind {kind} can be found. See --help for those that can.")
                raise SystemExit(1)
            self.stdout.write(f"{kind}: {search.index_all(kind)}")
