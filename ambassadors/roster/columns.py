"""Which column of a spreadsheet is which field, by what its head says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ambassadors.names import sort_key

SYNONYMS = {
    "email": "email emailaddress emailaddresses mail mailaddress primaryemail workemail contactemail email1 email1value",
    "name": "name fullname displayname ambassador ambassadorname person contact contactname nameandsurname firstandlastname",
    "first_name": "firstname givenname forename first firstnames",
    "last_name": "lastname surname familyname last",
    "organization": "organization organisation organizationname organisationname organization1name company companyname employer "
    "institution affiliation org workplace",
    "job_title": "jobtitle title position role function occupation roleattheorganization roleattheorganisation",
    "place": "place location basedin whereabouts",
    "city": "city town citytown",
    "country": "country countryregion nation",
    "time_zone": "timezone tz timezoneiana",
    "ask_me_about": "askmeabout askabout expertise areasofexpertise knowsabout",
    "bio": "bio biography shortbio about aboutme abouttheperson",
}
FIELD_OF = {word: field for field, words in SYNONYMS.items() for word in words.split()}


class RosterUnreadable(Exception):
    """The file as a whole cannot be read as a roster; the message says why, and what to do."""


@dataclass(frozen=True)
class Columns:
    """What the head of the table says: the place and the written name of each field, and the names that say nothing to us."""

    places: dict[str, int]
    heads: dict[str, str]
    ignored: list[str]
    width: int

    def matched(self) -> list[tuple[str, str]]:
        """Pairs of a column's own name and the field that it fills."""
        return [(self.heads[field], field.replace("_", " ")) for field in self.places]


def field_of(head: str) -> str:
    """Return the field that a column of this name fills, or nothing. Case, spaces, hyphens and accents do not matter."""
    return FIELD_OF.get(re.sub(r"[^a-z0-9]", "", sort_key(head)), "")


def known(heads: Sequence[str]) -> int:
    """Count the columns whose names say something to us."""
    return sum(1 for head in heads if field_of(head))


def columns_of(heads: Sequence[str], line: int) -> Columns:
    """Match the columns by name. Raises RosterUnreadable when two claim one field, or when name or address is missing."""
    places: dict[str, int] = {}
    for place, head in enumerate(heads):
        field = field_of(head)
        if field in places:
            raise RosterUnreadable(
                _("Line %(line)s: the columns “%(first)s” and “%(second)s” both look like the %(field)s. Rename or delete one.")
                % {"line": line, "first": heads[places[field]].strip(), "second": head.strip(), "field": field.replace("_", " ")}
            )
        if field:
            places[field] = place
    _need_name_and_address(places, heads, line)
    ignored = [head.strip() for head in heads if head.strip() and not field_of(head)]
    return Columns(places, {field: heads[place].strip() for field, place in places.items()}, ignored, len(heads))


def _need_name_and_address(places: dict[str, int], heads: Sequence[str], line: int) -> None:
    missing = [] if "email" in places else ["E-mail"]
    if not {"name", "first_name", "last_name"} & places.keys():
        missing.append("Name")
    if missing:
        seen = ", ".join(f"“{head.strip()[:40]}”" for head in heads[:30] if head.strip()) or _("none")
        raise RosterUnreadable(
            _("Line %(line)s should name the columns, but there is no column called %(missing)s. Columns found: %(seen)s.")
            % {"line": line, "missing": _(" and ").join(f"“{name}”" for name in missing), "seen": seen}
        )
