from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ambassadors.models import User
from ambassadors.roster import Report, Roster, RosterUnreadable, import_roster

LARGEST = 50_000_000  # bytes; a roster of 30,000 people has about 5 million
TOLD_EVERY = 2500


class Command(BaseCommand):
    """The roster from a file on the server, of any length; the admin takes the same file from a browser."""

    help = (
        "Put the people of a spreadsheet (CSV as Excel, Sheets or a database write it) on the roster: visible to members only, not "
        "mailed, not able to sign in until they are invited. All rows or none; who is here already stays as they are."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the CSV file; its first line names the columns")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, and change nothing")
        parser.add_argument("--by", metavar="EMAIL", default="", help="your own address here, for the history")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            roster = Roster(_read(options["file"]))
        except RosterUnreadable as error:
            raise CommandError(str(error)) from error
        report = import_roster(roster, by=_somebody(options["by"]), dry_run=options["dry_run"], progress=_Progress(self))
        self._tell(report)
        self._conclude(report, dry_run=options["dry_run"])

    def _tell(self, report: Report) -> None:
        self.stdout.write(f"Read as {report.encoding}, with a {report.delimiter} between the cells.")
        for head, field in report.matched:
            self.stdout.write(f"  column {head!r}: {field}")
        for head in report.ignored:
            self.stdout.write(f"  column {head!r}: ignored")
        for entry in report.here:
            self.stdout.write(f"line {entry.line}: {entry.email} is already here, left as they are")
        if report.further_here:
            self.stdout.write(f"and {report.further_here} more who are already here")

    def _conclude(self, report: Report, *, dry_run: bool) -> None:
        for problem in report.problems:
            self.stderr.write(str(problem))
        if report.further_problems:
            self.stderr.write(f"and {report.further_problems} more")
        if report.problems:
            raise CommandError("Nothing was imported. Correct the file and give it to me again.")
        verb = "would be put" if dry_run else "put"
        self.stdout.write(f"{report.new_count} people {verb} on the roster, {report.here_count} already here. Nobody was mailed.")


class _Progress:
    """A line on stderr every so many rows: short files are done before one would read it."""

    def __init__(self, command: BaseCommand) -> None:
        self.command, self.told = command, 0

    def __call__(self, rows: int) -> None:
        if rows - self.told >= TOLD_EVERY:
            self.told = rows
            self.command.stderr.write(f"{rows} rows read …")


def _read(file: Path) -> bytes:
    try:
        if file.stat().st_size > LARGEST:
            raise CommandError(f"{file} is larger than {LARGEST // 1_000_000} MB: is it a roster? Split it if it is.")
        return file.read_bytes()
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from error


def _somebody(email: str) -> User | None:
    if not email:
        return None
    user: User | None = User.objects.filter(email=email.strip().lower(), is_staff=True, is_active=True).first()
    if user is None:
        raise CommandError(f"{email} is not the address of somebody of the support team.")
    return user
