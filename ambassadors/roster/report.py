"""What became of a roster, or would become of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

# So many are told one by one; of the others the number.
TOLD = 200


@dataclass(frozen=True)
class Problem:
    """What is wrong, on which line of the file as an editor counts them, in which column (empty: the whole row)."""

    line: int
    column: str
    text: str

    def __str__(self) -> str:
        if not self.line:
            return self.text
        where = _("line %(line)s, %(column)s") if self.column else _("line %(line)s")
        return f"{where % {'line': self.line, 'column': self.column}}: {self.text}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One person as the roster tells of them, checked and tidied."""

    line: int
    name: str
    email: str
    organization: str = ""
    job_title: str = ""
    place: str = ""
    time_zone: str = ""
    ask_me_about: str = ""
    bio: str = ""


@dataclass
class Report:
    """How the file was read, who is new, who is here already (nothing of theirs is touched), and what is wrong."""

    encoding: str = ""
    delimiter: str = ""
    matched: list[tuple[str, str]] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    further_problems: int = 0
    new: list[Entry] = field(default_factory=list)
    new_count: int = 0
    here: list[Entry] = field(default_factory=list)
    here_count: int = 0
    rows: int = 0

    def refuse(self, line: int, column: str, text: str) -> None:
        """Note a problem."""
        if len(self.problems) < TOLD:
            self.problems.append(Problem(line, column, text))
        else:
            self.further_problems += 1

    def count(self, new: list[Entry], here: list[Entry]) -> None:
        """Count people, keeping the first of them to show."""
        self.new += new[: TOLD - len(self.new)]
        self.new_count += len(new)
        self.here += here[: TOLD - len(self.here)]
        self.here_count += len(here)

    @property
    def further_new(self) -> int:
        """How many more are new than are kept to show."""
        return self.new_count - len(self.new)

    @property
    def further_here(self) -> int:
        """How many more are here already than are kept to show."""
        return self.here_count - len(self.here)
