from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from community.founding import AlreadyFounded, found


class Command(BaseCommand):
    """What a founder runs once, after `migrate` (docs/founding.md)."""

    help = "Found the community in an empty database: its name, sensible defaults, and the first person of the support team."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", required=True, help="what the community is called")
        parser.add_argument("--staff", required=True, metavar="EMAIL", help="address of the first person of the support team")
        parser.add_argument(
            "--staff-name", default="", metavar="NAME", help="that person's name (guessed from the address when absent)"
        )
        parser.add_argument("--purpose", default="", help="what the community is for, in one sentence")
        parser.add_argument("--time-zone", default="UTC", metavar="ZONE", help="that person's time zone, such as Europe/Lisbon")

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = {key: options[key] for key in ("name", "staff", "staff_name", "purpose", "time_zone")}
        try:
            community, founder, is_new = found(**wanted)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except AlreadyFounded as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{community} is founded." if is_new else f"{community} was founded before; nothing was changed.")
        self.stdout.write(f"Sign in as {founder.email}: {settings.SITE_URL}{reverse('account_request_login_code')}")
        self.stdout.write("A code comes by mail (the worker must be running). Your desk then shows what to do next.")
