"""A list of people as one pastes it: an address a line, with or without a name and a group."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from email.utils import parseaddr

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from ambassadors.cleaning import clean_line

NAME_ROOM, GROUP_ROOM, MOST_LINES = 120, 40, 500


@dataclass(frozen=True)
class Named:
    """Somebody who is to answer."""

    name: str
    address: str
    group: str = ""


def read_people(text: str) -> list[Named]:
    """Return the people in `text`: lines such as `Ada Lovelace <ada@example.org>`, `ada@example.org`, or cells from a table: name,
    address, group, between commas, semicolons or tabs. The same address twice is one person.

    Raises ValidationError with every line that is none, by its number.
    """
    problems: list[str] = []
    people: dict[str, Named] = {}
    lines = text.replace("\0", "").splitlines()
    if len(lines) > MOST_LINES:
        raise ValidationError(_("That are more than %(most)s lines: put them in in several goes.") % {"most": MOST_LINES})
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        found = _person(line)
        if found is None:
            problems.append(
                _("Line %(number)s: there is no e-mail address in “%(line)s”.") % {"number": number, "line": line.strip()[:80]}
            )
        else:
            people.setdefault(found.address, found)
    if problems:
        raise ValidationError(problems)
    return list(people.values())


def _person(line: str) -> Named | None:
    cells = _cells(line)
    place = next((place for place, cell in enumerate(cells) if _address(cell)), None)
    if place is None:
        return None
    address, beside = _address(cells[place]), parseaddr(cells[place])[0]
    others = [cell for number, cell in enumerate(cells) if number != place and cell]
    name = beside or (others.pop(0) if others else "") or address.partition("@")[0]
    group = others[0] if others else ""
    return Named(clean_line(name)[:NAME_ROOM], address, clean_line(group)[:GROUP_ROOM])


def _cells(line: str) -> list[str]:
    mark = next((mark for mark in ("\t", ";", ",") if mark in line), ",")
    return [cell.strip() for cell in next(csv.reader(io.StringIO(line), delimiter=mark, skipinitialspace=True), [])]


def _address(cell: str) -> str:
    address = parseaddr(cell)[1].lower()
    try:
        validate_email(address)
    except ValidationError:
        return ""
    return address
