from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ambassadors.models import User
from community.demo.fill import fill
from foundation.long_work import count_anew


class Command(BaseCommand):
    """The demo community; `manage.py run` calls it when the database is empty."""

    help = "Fill an empty database with a small invented community to click through."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--ambassadors", type=int, default=0, help="how many in all; more than the invented ones are made in bulk"
        )
        parser.add_argument("--threads", type=int, default=0, help="how many conversations are made in bulk")
        parser.add_argument("--posts", type=int, default=0, help="about how many posts they have in all")
        parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same people")

    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.exists():
            raise CommandError("There are people in this database already: the demo only fills an empty one.")
        size = {name: options[name] for name in ("ambassadors", "threads", "posts")}
        fill(**size, seed=options["seed"])
        if any(size.values()):
            count_anew()
        self.stdout.write(f"{User.objects.count()} people are here.")
