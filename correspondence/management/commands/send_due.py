from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from correspondence import due
from correspondence.digests import posting


class Command(BaseCommand):
    """Do in this process what the clock does: post what has come due, then send it."""

    help = "Post what has come due (digests, reminders) and send it, without a worker or broker. Running it twice does no harm."

    def handle(self, *args: Any, **options: Any) -> None:
        posting.look_around()
        for name, posted in due.post_all().items():
            self.stdout.write(f"{name}: {posted} posted")
        call_command("sweep_outbox", stdout=self.stdout)
