from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from correspondence.inbound.explaining import explain
from correspondence.inbound.parsing import MAX_BYTES
from correspondence.inbound.receiving import receive, recipients_of

# The words of sysexits.h, which every mail server knows: on the last it tries again later, on the first the sender is told.
EX_OK, EX_NO_INPUT, EX_TRY_AGAIN = 0, 66, 75


class Command(BaseCommand):
    """The mail server's pipe into the site."""

    help = (
        "Take one mail from standard input. Once it is stored the exit code is 0; 75 asks the mail server to try again later. "
        "With --explain, tell what would become of some mails, and store nothing."
    )
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--to",
            default="",
            help="the address it was delivered to; else ORIGINAL_RECIPIENT, RECIPIENT, or the mail's own headers",
        )
        parser.add_argument("--explain", action="store_true", help="print one line of JSON for each mail, and keep nothing of it")
        parser.add_argument("files", nargs="*", metavar="FILE", help="with --explain: the mails, else the one on standard input")
        parser.add_argument("--from", dest="sender", default=None, help="the envelope sender; else SENDER from the mail server")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["explain"]:
            self._explain(options["files"] or ["-"], options["to"], options["sender"])
            return
        if options["files"]:
            raise CommandError("Files are only explained: add --explain, or give the one mail on standard input.")
        raw = sys.stdin.buffer.read(MAX_BYTES + 1)
        while sys.stdin.buffer.read(1024 * 1024):
            pass  # a mail server whose pipe closes early would take that for a failure
        if not raw.strip():
            self.stderr.write("There is no mail on standard input.")
            sys.exit(EX_NO_INPUT)
        sender = options["sender"] if options["sender"] is not None else os.environ.get("SENDER")
        recipients = [options["to"] or os.environ.get("ORIGINAL_RECIPIENT") or os.environ.get("RECIPIENT", "")]
        try:
            for recipient in recipients if recipients[0] else recipients_of(raw) or [""]:
                mail = receive(raw, recipient, envelope_sender="<>" if sender == "" else sender)
                self.stdout.write(f"mail {mail.pk}: {mail.outcome or 'stored'} {mail.reason}".strip())
        except DatabaseError as error:
            self.stderr.write(f"The mail could not be stored, so the mail server should try again: {type(error).__name__}.")
            sys.exit(EX_TRY_AGAIN)
        sys.exit(EX_OK)

    def _explain(self, files: list[str], recipient: str, sender: str | None) -> None:
        """Tell one line a mail; the envelope sender is never asked of the environment, for nobody delivers anything."""
        for name in files:
            raw = sys.stdin.buffer.read(MAX_BYTES + 1) if name == "-" else Path(name).read_bytes()
            told = {"file": name, **explain(raw, recipient, envelope_sender="<>" if sender == "" else sender)}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
