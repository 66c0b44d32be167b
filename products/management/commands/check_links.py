from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from products.resources.links import check_links


class Command(BaseCommand):
    """Once a week from a timer is often enough: what was asked in the last days is not asked again."""

    help = "Ask whether the links of published resources still lead somewhere, and list those that do not, for editors."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=int, default=6, help="Leave out what was asked within so many days (6).")
        parser.add_argument("--pause", type=float, default=1.0, help="Seconds between two questions (1).")

    def handle(self, *args: Any, **options: Any) -> None:
        broken = check_links(every=timedelta(days=options["days"]), pause=options["pause"])
        for one in broken:
            self.stdout.write(f"{one.url}: {one.said}, since {one.failing_since:%Y-%m-%d} ({one.edition.product.slug})")
        self.stdout.write(f"{len(broken)} broken")
