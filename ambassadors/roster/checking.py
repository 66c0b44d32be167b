"""From rows to people: what a cell may hold, said with its line and column when it does not."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Model
from django.utils.translation import gettext as _

from ambassadors.cleaning import clean_line, clean_text
from ambassadors.models import Ambassador, Organization, User
from ambassadors.models.ambassador import BIO_ROOM
from ambassadors.models.user import is_time_zone
from ambassadors.roster.columns import Columns, RosterUnreadable
from ambassadors.roster.reading import Roster
from ambassadors.roster.report import Entry, Report
from foundation.models import Place


def _room(model: type[Model], field: str) -> int:
    return getattr(model._meta.get_field(field), "max_length", None) or 0


LONGEST = {
    "name": _room(User, "name"),
    "email": _room(User, "email"),
    "organization": _room(Organization, "name"),
    "place": _room(Place, "name"),
    "bio": BIO_ROOM,
    **{field: _room(Ambassador, field) for field in ("job_title", "ask_me_about")},
}


def entries(roster: Roster, report: Report) -> Iterator[Entry]:
    """Yield the people of the roster whose rows are right; what is wrong with the others goes into the report."""
    lines: dict[str, int] = {}
    try:
        for line, cells in roster.rows():
            report.rows += 1
            entry = _Row(roster.columns, line, cells, report).entry()
            if entry is not None and entry.email in lines:
                column = roster.columns.heads["email"]
                report.refuse(
                    line, column, _("%(email)s is on line %(line)s too.") % {"email": entry.email, "line": lines[entry.email]}
                )
            elif entry is not None:
                lines[entry.email] = line
                yield entry
    except RosterUnreadable as error:
        report.refuse(0, "", str(error))


class _Row:
    """One row while it is checked: every cell that is wrong is noted, not only the first."""

    def __init__(self, columns: Columns, line: int, cells: list[str], report: Report) -> None:
        self.columns, self.line, self.cells, self.report = columns, line, cells, report
        self.is_right = True

    def entry(self) -> Entry | None:
        """Return the person of this row, or None when something is wrong with it."""
        if any(cell.strip() for cell in self.cells[self.columns.width :]):
            self.refuse("", _("there are more cells than columns. Is there a quotation mark missing?"))
        entry = Entry(
            line=self.line,
            name=self.name(),
            email=self.email(),
            organization=self.text("organization"),
            job_title=self.text("job_title"),
            place=self.place(),
            time_zone=self.time_zone(),
            ask_me_about=self.text("ask_me_about"),
            bio=self.text("bio"),
        )
        return entry if self.is_right else None

    def refuse(self, field: str, text: str) -> None:
        self.is_right = False
        self.report.refuse(self.line, self.columns.heads.get(field, ""), text)

    def text(self, field: str) -> str:
        """Return a cell, tidied. A formula is no text: it would show its result in one program and its source here."""
        place = self.columns.places.get(field)
        raw = self.cells[place] if place is not None and place < len(self.cells) else ""
        try:
            text = clean_text(raw) if field == "bio" else clean_line(raw)
        except ValidationError as error:
            self.refuse(field, error.messages[0])
            return ""
        if text.startswith("=") and field != "bio":
            self.refuse(field, _("begins with “=”, like a formula. Put the text itself there."))
        return self.fitting(field, text)

    def fitting(self, field: str, text: str) -> str:
        longest = LONGEST.get(field, 0)
        if longest and len(text) > longest:
            self.refuse(
                field,
                _("is %(length)s characters long; there is room for %(longest)s.") % {"length": len(text), "longest": longest},
            )
        return text

    def name(self) -> str:
        name = self.text("name") or " ".join(part for part in (self.text("first_name"), self.text("last_name")) if part)
        if not name and self.is_right:
            self.refuse(
                next(field for field in ("name", "first_name", "last_name") if field in self.columns.places), _("is empty.")
            )
        return self.fitting("name", name)

    def email(self) -> str:
        email = self.text("email").lower().removeprefix("mailto:").strip("<>")
        try:
            validate_email(email)
        except ValidationError:
            self.refuse("email", _("“%s” is not an e-mail address.") % email[:100] if email else _("is empty."))
        return email

    def place(self) -> str:
        parts = [part for part in (self.text("city"), self.text("country")) if part]
        return self.text("place") or self.fitting("place", ", ".join(parts))

    def time_zone(self) -> str:
        zone = self.text("time_zone").replace(" ", "_")
        try:
            if zone:
                is_time_zone(zone)
        except ValidationError as error:
            self.refuse("time_zone", error.messages[0])
        return zone
