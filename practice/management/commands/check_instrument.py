from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from practice.instruments.reading import Unreadable, read_instrument


class Command(BaseCommand):
    """Saves nothing."""

    help = "Read the text of an instrument (docs/instruments.md) and say by line number what is wrong with it, or what it asks."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="YAML in UTF-8.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = read_instrument(options["file"].read_text(encoding="utf-8-sig"))
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}.") from error
        except UnicodeDecodeError as error:
            raise CommandError(f"{options['file']} is no text in UTF-8: save it as such.") from error
        except Unreadable as unreadable:
            raise CommandError("\n".join(str(problem) for problem in unreadable.problems)) from unreadable
        for module in found.modules:
            self.stdout.write(
                f"{module.code} {module.title}: {len(module.principles)} principles, {len(module.proof_points)} proof points"
            )
        self.stdout.write(f"{found.title}: {len(found.modules)} modules, {sum(1 for _point in found.proof_points)} proof points")
