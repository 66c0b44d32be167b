from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from correspondence import delivery, outbox


class Command(BaseCommand):
    """Send, in this process, every mail that is due and that no worker holds. It needs the database and the mail server, no broker."""

    help = "Send what is due and left behind in the outbox, without a worker or broker. Running it twice does no harm."

    def handle(self, *args: Any, **options: Any) -> None:
        swept = 0
        while left := delivery.sweep():
            for pk in left:
                outbox.deliver(pk)
            swept += len(left)
        self.stdout.write(f"{swept} mails were due.")
