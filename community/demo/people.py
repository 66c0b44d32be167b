"""The people of the demo community, read from `data/people/`. Everybody there is invented, and so are their organisations."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zlib import crc32

from django.utils.text import slugify

from foundation.audiences import Audience

DISCREET = {
    "hours_a_month": Audience.STAFF,
    "tech_comfort": Audience.STAFF,
    "away_until": Audience.MEMBERS,
}  # whoever else sees the profile
DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Person:
    """One person of the demo, as the roster and their own profile would tell it.

    `joined` counts months back from the first start, `away` the days until they are back (or since); `narrower` names the fields which
    fewer people see than the profile as a whole; `stays_for` says who finds them once they have left; `portrait` says how they are drawn.
    """

    name: str
    organization: str
    job_title: str
    place: str
    time_zone: str
    sector: str = ""
    role_labels: tuple[str, ...] = ()
    ask_me_about: str = ""
    bio: str = ""
    topics: tuple[str, ...] = ()
    walk_the_talk: str = ""
    languages: tuple[str, ...] = ()
    joined: float = 1
    status: str = "active"
    away: int | None = None
    hours: int | None = None
    comfort: str = ""
    portrait: str = ""
    has_come_in: bool = True
    listed_for: str = Audience.MEMBERS
    stays_for: str = Audience.STAFF
    narrower: dict[str, str] = field(default_factory=dict)
    login: str = ""

    @property
    def email(self) -> str:
        """An address at a domain that can never exist."""
        return f"{self.login or slugify(self.name.split()[0])}@tidemark.example"

    @property
    def tech_comfort(self) -> str:
        """How they get on with websites, as they would say. Of those who have been here for long, one in seven has not said."""
        said = ("at home", "gets along", "gets along", "at home", "likes a hand", "gets along", "")
        return self.comfort or (said[crc32(self.name.encode()) % len(said)] if self.joined > 1 else "")

    def audience(self, field_name: str) -> str:
        """Who sees one field of the profile."""
        return (DISCREET | self.narrower).get(field_name, self.listed_for)


def _person(entry: dict[str, Any], sector: str) -> Person:
    """Return one entry of a file as a person; an unknown key raises TypeError."""
    members, staff = entry.pop("only_members", []), entry.pop("only_staff", [])
    named = {
        "zone": "time_zone",
        "roles": "role_labels",
        "ask": "ask_me_about",
        "walk": "walk_the_talk",
        "seen": "listed_for",
        "stays": "stays_for",
    }
    said: dict[str, Any] = {named.get(key, key): tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
    said["has_come_in"] = not said.pop("unseen", False)
    said["narrower"] = dict.fromkeys(members, Audience.MEMBERS) | dict.fromkeys(staff, Audience.STAFF)
    return Person(sector=sector, **said)


def _people() -> list[Person]:
    """Everybody, those who have been here longest first."""
    files = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted((DATA / "people").glob("*.toml"))]
    people = [_person(entry, file["sector"]) for file in files for entry in file["people"]]
    return sorted(people, key=lambda person: -person.joined)


def topics() -> dict[str, list[str]]:
    """What people know about, each with the other words for it."""
    return tomllib.loads((DATA / "topics.toml").read_text(encoding="utf-8"))


STAFF = Person(
    "Marguerite Osei",
    "Tidemark support team",
    "Community manager",
    "Bristol, United Kingdom",
    "Europe/London",
    ask_me_about="anything about how this community works",
    bio="I look after the house: who comes in, who might want to meet whom, and whether the mail goes out. Write to me about anything.",
)
PEOPLE = _people()
AMBASSADORS = [person for person in PEOPLE if person.status != "alumni"]
ALUMNI = [person for person in PEOPLE if person.status == "alumni"]

# On the roster, not invited yet: what staff find to do on the first day.
ROSTER = """Name;E-mail;Organisation;Job title;Place
Solveig Brandt-Nielsen;solveig@tidemark.example;Nordhavn Legal Aid;Head of casework;Aarhus, Denmark
"Ibrahim Kouyaté";ibrahim@tidemark.example;Sahel Water Partners;"Country director
(West)";Bamako, Mali
Charlotte d'Ambrosio-Fitzwilliam;charlotte@tidemark.example;Foundation for Unhurried Reform;Trustee;Verona, Italy
"""

PURPOSE = "Leaders from many fields who want public and social work to keep its promises, and who help each other find out whether it does."
