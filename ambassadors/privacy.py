"""Which fields a viewer gets. Pages, the directory, feeds, search, vCard, JSON-LD and mail are given cards, never profiles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from ambassadors.models import Ambassador
from foundation.audiences import Audience, reached_by

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User

# What every square picture of a person is called: the address of one can be told by its key alone.
PHOTO_NAME = "portrait.webp"
MOST_CARDS = 4096  # of lists, kept in each process: some 8 MB


class Word(NamedTuple):
    """A topic on a card, with what stands for it in addresses; in lists it is not read."""

    name: str
    slug: str = ""

    def __str__(self) -> str:
        return self.name


class PersonRow(NamedTuple):
    """A person as lists read them from the database (`AmbassadorQuerySet.as_rows`): for everybody all of it. Show the card, never this."""

    pk: int
    user_id: int
    name: str
    sort_name: str
    time_zone: str
    slug: str
    status: str
    organization: str | None
    organization_audience: str
    job_title: str
    job_title_audience: str
    role_names: tuple[str, ...]
    role_labels_audience: str
    place: str | None
    place_audience: str
    photo_id: UUID | None
    small_photo_id: UUID | None
    photo_audience: str
    ask_me_about: str
    ask_me_about_audience: str
    topic_names: tuple[str, ...]
    topics_audience: str
    away_until: date | None
    away_until_audience: str
    nearness: int  # of a search, as `by_nearness` has it

    @classmethod
    def of(cls, values: tuple[Any, ...]) -> PersonRow:
        """Take a row of `as_rows`, and make of its lists what can be a key."""
        *before, roles = values[:ROLES_AT]
        *between, topics = values[ROLES_AT:TOPICS_AT]
        return cls._make([*before, tuple(roles), *between, tuple(topics), *values[TOPICS_AT:]])


ROLES_AT, TOPICS_AT = (PersonRow._fields.index(name) + 1 for name in ("role_names", "topic_names"))
# Which of `Ambassador.SHOWN` lists read.
IN_LISTS = ("organization", "job_title", "role_labels", "place", "photo", "ask_me_about", "topics", "away_until")
ELSEWHERE = {
    "name": "user__name",
    "sort_name": "user__sort_name",
    "time_zone": "user__time_zone",
    "organization": "organization__name",
    "place": "place_name",
}
# What `as_rows` asks for, in the order of a row.
COLUMNS = tuple(ELSEWHERE.get(name, name) for name in PersonRow._fields)


class Evidence(NamedTuple):
    """Where one can see it: a link that somebody gave, which the server never follows."""

    label: str
    url: str


@dataclass(frozen=True)
class ProfileCard:
    """One person as one viewer may see them. What is not for that viewer is empty here: there is nothing to leak.

    `bio` and `walk_the_talk` are rich text: show them by `|richtext`, or by `|plain` where there is no markup. `away_until` is empty
    once the day has come. `photo_url` is a large square (480 pixels), `small_photo_url` one for lists (128). What lists do not read
    (see `IN_LISTS`) is empty on their cards.
    """

    pk: int
    name: str
    url: str
    slug: str = ""
    is_own: bool = False
    standing: str = ""
    organization: str = ""
    job_title: str = ""
    role_labels: tuple[str, ...] = ()
    sector: str = ""
    place: str = ""
    languages: str = ""
    photo_url: str = ""
    small_photo_url: str = ""
    photo_alt: str = ""
    ask_me_about: str = ""
    topics: tuple[Word, ...] = ()
    bio: str = ""
    walk_the_talk: str = ""
    evidence: tuple[Evidence, ...] = ()
    away_until: date | None = None
    hours_a_month: int | None = None
    tech_comfort: str = ""

    @property
    def line(self) -> str:
        """What they do and where, in one line."""
        return ", ".join(part for part in (self.job_title, self.organization) if part)


EVERYTHING = frozenset(str(audience) for audience in Audience)


def card_for(viewer: User | AnonymousUser, person: Ambassador) -> ProfileCard:
    """Return what `viewer` may see of `person`; people see all that is their own.

    It does not ask whether the viewer may see the person at all: `visible_to` has been asked before.
    """
    is_own = viewer.pk is not None and viewer.pk == person.user_id
    return card_seen_by(EVERYTHING if is_own else reached_by(viewer), person, is_own=is_own)


def cards_for(viewer: User | AnonymousUser, rows: Iterable[PersonRow]) -> list[ProfileCard]:
    """The same for the people of a list."""
    own, reach, language = viewer.pk, frozenset(reached_by(viewer)), get_language()
    return [
        _card_of_row(
            EVERYTHING if own == row.user_id else reach,
            row,
            own == row.user_id,
            _today_of(row) if row.away_until else None,
            language,
        )
        for row in rows
    ]


@lru_cache(maxsize=MOST_CARDS)
def _card_of_row(reach: frozenset[str], row: PersonRow, is_own: bool, today: date | None, language: str | None) -> ProfileCard:
    """Remembered by all that it is made of, so that it cannot grow old: whoever may see something else has another key."""
    return card_seen_by(reach, row, is_own=is_own, today=today)


def card_seen_by(
    reach: Set[str], person: Ambassador | PersonRow, *, is_own: bool = False, today: date | None = None
) -> ProfileCard:
    """Return what everybody sees whose audiences are `reach`, on the day that it is where the person lives."""
    shown: dict[str, Any] = {}
    for field in IN_LISTS if isinstance(person, PersonRow) else person.SHOWN:
        if getattr(person, f"{field}_audience") in reach:
            shown |= SAID[field](person) if field in SAID else {field: str(getattr(person, field) or "")}
    if shown.get("away_until") and shown["away_until"] <= (today or _today_of(person)):
        shown["away_until"] = None
    return ProfileCard(
        pk=person.pk,
        name=person.name,
        url=reverse("ambassadors:ambassador-detail", args=[person.slug]),
        slug=person.slug,
        is_own=is_own,
        standing=_standing(reach, person),
        **shown,
    )


def _today_of(person: Ambassador | PersonRow) -> date:
    return timezone.localdate(timezone=ZoneInfo(person.time_zone))


def _role_labels(ambassador: Any) -> dict[str, Any]:
    names = getattr(ambassador, "role_names", None)  # read with the row by `with_card`
    return {"role_labels": tuple(names if names is not None else ambassador.role_labels.values_list("name", flat=True))}


def _topics(ambassador: Any) -> dict[str, Any]:
    if isinstance(ambassador, PersonRow):
        return {"topics": tuple(Word(name) for name in ambassador.topic_names)}
    words = getattr(ambassador, "topic_words", None)
    if words is None:
        words = ambassador.topics.values("name", "slug")
    return {"topics": tuple(Word(word["name"], word["slug"]) for word in words)}


def _photo(ambassador: Any) -> dict[str, Any]:
    if ambassador.photo_id is None:
        return {}
    alt = "" if isinstance(ambassador, PersonRow) else getattr(ambassador, "photo_alt", None)  # in lists it stands beside the name
    return {
        "photo_url": _address_of(ambassador.photo_id),
        "small_photo_url": _address_of(ambassador.small_photo_id or ambassador.photo_id),
        "photo_alt": ambassador.photo.alt if alt is None and ambassador.photo else alt,
    }


def _address_of(photo: UUID) -> str:
    return reverse("foundation:upload-show", args=[photo, PHOTO_NAME])


def _walk_the_talk(ambassador: Any) -> dict[str, Any]:
    links = tuple(Evidence(link["label"], link["url"]) for link in ambassador.evidence)
    return {"walk_the_talk": ambassador.walk_the_talk, "evidence": links}


def _away_until(ambassador: Any) -> dict[str, Any]:
    return {"away_until": ambassador.away_until}


def _hours_a_month(ambassador: Any) -> dict[str, Any]:
    return {"hours_a_month": ambassador.hours_a_month}


def _tech_comfort(ambassador: Any) -> dict[str, Any]:
    return {"tech_comfort": ambassador.get_tech_comfort_display()}


SAID: dict[str, Callable[[Any], dict[str, Any]]] = {
    "role_labels": _role_labels,
    "topics": _topics,
    "photo": _photo,
    "walk_the_talk": _walk_the_talk,
    "away_until": _away_until,
    "hours_a_month": _hours_a_month,
    "tech_comfort": _tech_comfort,
}


def _standing(reach: Set[str], person: Ambassador | PersonRow) -> str:
    """Members see who is not here yet and who is pausing, so that nobody waits for an answer in vain; visitors see who has left, alone."""
    status = Ambassador.Status
    if person.status == status.ACTIVE or (Audience.MEMBERS not in reach and person.status != status.ALUMNI):
        return ""
    return str(status(person.status).label)
