from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from community import supervisor


class Command(BaseCommand):
    """Listed here for `manage.py help`; manage.py itself calls the supervisor before the settings are read."""

    help = "Start the whole site with a demo community: PostgreSQL, Valkey, web, worker and beat."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        supervisor.add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        sys.exit(supervisor.run(dev=options["dev"]))
