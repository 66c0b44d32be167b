"""Which fields a viewer gets. Pages, the directory, feeds, search, vCard, JSON-LD and mail are given cards, never profiles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone

from foundation.audiences import Audience, reached_by

if TYPE_CHECKING:
    from uuid import UUID

    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import Ambassador, User

# What every square picture of a person is called: the address of one can be told by its key alone.
PHOTO_NAME = "portrait.webp"


class Word(NamedTuple):
    """A topic on a card, with what stands for it in addresses."""

    name: str
    slug: str

    def __str__(self) -> str:
        return self.name


class Evidence(NamedTuple):
    """Where one can see it: a link that somebody gave, which the server never follows."""

    label: str
    url: str


@dataclass(frozen=True)
class ProfileCard:
    """One person as one viewer may see them. What is not for that viewer is empty here: there is nothing to leak.

    `bio` and `walk_the_talk` are rich text: show them by `|richtext`, or by `|plain` where there is no markup. `away_until` is empty
    once the day has come. `photo_url` is a large square (480 pixels), `small_photo_url` one for lists (128).
    """

    pk: int
    name: str
    url: str
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

    @property
    def line(self) -> str:
        """What they do and where, in one line."""
        return ", ".join(part for part in (self.job_title, self.organization) if part)


def card_for(viewer: User | AnonymousUser, ambassador: Ambassador) -> ProfileCard:
    """Return what `viewer` may see of `ambassador`; people see all that is their own.

    It does not ask whether the viewer may see the person at all: `visible_to` has been asked before.
    """
    is_own = viewer.pk is not None and viewer.pk == ambassador.user_id
    reach = {str(audience) for audience in Audience} if is_own else reached_by(viewer)
    return card_seen_by(reach, ambassador, is_own=is_own)


def card_seen_by(reach: set[str], ambassador: Ambassador, *, is_own: bool = False) -> ProfileCard:
    """Return what everybody sees whose audiences are `reach`."""
    shown: dict[str, Any] = {}
    for field in ambassador.SHOWN:
        if getattr(ambassador, f"{field}_audience") in reach:
            shown |= SAID[field](ambassador) if field in SAID else {field: str(getattr(ambassador, field) or "")}
    return ProfileCard(
        pk=ambassador.pk,
        name=ambassador.user.name,
        url=ambassador.get_absolute_url(),
        is_own=is_own,
        standing=_standing(reach, ambassador),
        **shown,
    )


def _role_labels(ambassador: Ambassador) -> dict[str, Any]:
    names = getattr(ambassador, "role_names", None)  # read with the row by `with_card`
    return {"role_labels": tuple(names if names is not None else ambassador.role_labels.values_list("name", flat=True))}


def _topics(ambassador: Ambassador) -> dict[str, Any]:
    words = getattr(ambassador, "topic_words", None)
    if words is None:
        words = ambassador.topics.values("name", "slug")
    return {"topics": tuple(Word(word["name"], word["slug"]) for word in words)}


def _photo(ambassador: Ambassador) -> dict[str, Any]:
    if ambassador.photo_id is None:
        return {}
    alt = getattr(ambassador, "photo_alt", None)
    return {
        "photo_url": _address_of(ambassador.photo_id),
        "small_photo_url": _address_of(ambassador.small_photo_id or ambassador.photo_id),
        "photo_alt": ambassador.photo.alt if alt is None and ambassador.photo else alt,
    }


def _address_of(photo: UUID) -> str:
    return reverse("foundation:upload-show", args=[photo, PHOTO_NAME])


def _walk_the_talk(ambassador: Ambassador) -> dict[str, Any]:
    links = tuple(Evidence(link["label"], link["url"]) for link in ambassador.evidence)
    return {"walk_the_talk": ambassador.walk_the_talk, "evidence": links}


def _away_until(ambassador: Ambassador) -> dict[str, Any]:
    until = ambassador.away_until
    is_away = until is not None and until > timezone.localdate(timezone=ZoneInfo(ambassador.user.time_zone))
    return {"away_until": until if is_away else None}


def _hours_a_month(ambassador: Ambassador) -> dict[str, Any]:
    return {"hours_a_month": ambassador.hours_a_month}


SAID: dict[str, Callable[[Ambassador], dict[str, Any]]] = {
    "role_labels": _role_labels,
    "topics": _topics,
    "photo": _photo,
    "walk_the_talk": _walk_the_talk,
    "away_until": _away_until,
    "hours_a_month": _hours_a_month,
}


def _standing(reach: set[str], ambassador: Ambassador) -> str:
    """Members see who is not here yet and who is pausing, so that nobody waits for an answer in vain; visitors see who has left, alone."""
    status = ambassador.Status
    if ambassador.status == status.ACTIVE or (Audience.MEMBERS not in reach and ambassador.status != status.ALUMNI):
        return ""
    return str(ambassador.get_status_display())
