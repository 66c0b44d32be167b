from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ambassadors.models import User
from discussions.archive.importing import WITHIN, Listener, Report, import_archive
from discussions.archive.mbox import NoArchive, opened
from discussions.models import Space

SILENT_FOR = 5  # seconds between two words on how far it is


class Command(BaseCommand):
    """The archive of a mailing list from a file on the server."""

    help = (
        "Bring the archive of a mailing list (mbox of Google Groups or Mailman, also .gz) into a space: conversations as they were, with "
        "their dates, under the names of their writers. Nobody is mailed, nothing counts as new. What is here already is left as it is."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the mbox file")
        parser.add_argument("--space", required=True, metavar="SLUG", help="the space, as its address names it: /spaces/SLUG/")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, and change nothing")
        parser.add_argument("--by", metavar="EMAIL", default="", help="your own address here, for the history")
        parser.add_argument(
            "--days",
            type=int,
            default=WITHIN.days,
            help="an answer that does not say to which message goes to a conversation of its subject this near (default: %(default)s)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        space, by = _space(options["space"]), _somebody(options["by"])
        listener = Listener(refused=self._refused, progress=_Progress(self))
        try:
            with opened(options["file"]) as file:
                report = import_archive(
                    file, space, by=by, listener=listener, within=timedelta(days=options["days"]), is_rehearsal=options["dry_run"]
                )
        except NoArchive as error:
            raise CommandError(str(error)) from error
        self._conclude(report, space, is_rehearsal=options["dry_run"])

    def _refused(self, number: int, reason: str) -> None:
        self.stderr.write(f"message {number}: {reason}")

    def _conclude(self, report: Report, space: Space, *, is_rehearsal: bool) -> None:
        verb = "would be brought" if is_rehearsal else "brought"
        self.stdout.write(
            f"{report.messages} messages: {report.posts} {verb} into “{space}” in {report.threads} new conversations, "
            f"{report.by_members} of them by people who are here; {report.here} were here already, {report.refused} not taken."
        )
        if report.adopted:
            self.stdout.write(
                f"{report.adopted} posts that were here by a name now go by the account that has verified their address."
            )
        if report.files or report.files_left:
            self.stdout.write(f"{report.files} files {verb} along; {report.files_left} are named in their posts and left out.")
        self.stdout.write("Nobody was mailed.")


class _Progress:
    """A line on stderr every few seconds: short archives are in before one would read it."""

    def __init__(self, command: BaseCommand) -> None:
        self.command, self.told_at = command, time.monotonic()

    def __call__(self, what: str, done: int, of: int) -> None:
        now = time.monotonic()
        if now - self.told_at >= SILENT_FOR:
            self.told_at = now
            self.command.stderr.write(f"{done} of {of} messages {what} …" if of else f"{done} messages {what} …")


def _space(slug: str) -> Space:
    space: Space | None = Space.objects.filter(slug=slug).first()
    if space is None:
        raise CommandError(f"There is no space “{slug}”. Its name in the address of its page is what I need: /spaces/<name>/.")
    return space


def _somebody(email: str) -> User | None:
    if not email:
        return None
    user: User | None = User.objects.filter(email=email.strip().lower(), is_staff=True, is_active=True).first()
    if user is None:
        raise CommandError(f"{email} is not the address of somebody of the support team.")
    return user
