"""From rows to what `suggest` weighs. However many newcomers and buddies there are, the queries are as few."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from discussions.models import Block
from welcome.buddies.suggesting import Candidate, Profile, Suggestion, suggest
from welcome.models import Buddy, BuddyText

if TYPE_CHECKING:
    from ambassadors.models import Ambassador, User

OWN = "person__ambassador"


def suggestions_for(newcomer: User, now: datetime | None = None, but: Iterable[int] = ()) -> list[Suggestion]:
    """Return who may welcome the newcomer, the best first; `but` are keys of offers that are left out."""
    now = now or timezone.now()
    left_out = set(but)
    pool = [one for one in candidates([newcomer.pk], now) if one.key not in left_out]
    return suggest(profiles([newcomer.pk])[newcomer.pk], pool, timezone.localdate(now))


def suggestions_for_each(newcomers: Sequence[User], now: datetime | None = None) -> dict[int, list[Suggestion]]:
    """Return the same for several newcomers at once, by their keys."""
    now = now or timezone.now()
    keys = [person.pk for person in newcomers]
    pool = candidates(keys, now)
    today = timezone.localdate(now)
    return {key: suggest(profile, pool, today) for key, profile in profiles(keys).items()}


def profiles(keys: Sequence[int]) -> dict[int, Profile]:
    """Return what is known of these people."""
    people = get_user_model().objects.filter(pk__in=keys)
    people = people.select_related("ambassador__sector", "ambassador__place")
    people = people.prefetch_related("ambassador__topics", "ambassador__role_labels")
    return {person.pk: _profile(person) for person in people}


def candidates(newcomers: Sequence[int], now: datetime, only: int | None = None) -> list[Candidate]:
    """Return everybody who ever offered to welcome newcomers, or `only` one of them, with what stands in the way today."""
    words = BuddyText.objects.in_force().filter(buddy=OuterRef("pk")).order_by()
    rows = Buddy.objects.filter(**{f"{OWN}__isnull": False} | ({"pk": only} if only else {}))
    rows = rows.with_load().annotate(has_words=Exists(words)).order_by("pk")
    rows = rows.select_related(f"{OWN}__sector", f"{OWN}__place").prefetch_related(
        "topics", f"{OWN}__topics", f"{OWN}__role_labels"
    )
    blocks = _blocks(newcomers)
    return [candidate(row, now, blocks[row.person_id]) for row in rows]


def candidate(row: Any, now: datetime, blocked_with: Iterable[int] = ()) -> Candidate:
    """Return one of the pool: a row of `Buddy` with its load, and whether there are approved words."""
    own: Ambassador = row.person.ambassador
    zone = ZoneInfo(row.person.time_zone)
    return Candidate(
        key=row.pk,
        profile=_profile(row.person, frozenset(topic.name for topic in row.topics.all())),
        offered_on=row.offered_at.date(),
        capacity=row.capacity,
        load=row.load,
        asked_on=row.asked_at.date() if row.asked_at else None,
        is_offering=row.is_offering,
        is_member=row.person.is_active and own.status in ("active", "paused"),
        is_pausing=own.status == "paused",
        is_away=_is_away(own.away_until, now.astimezone(zone).date()),
        has_words=row.has_words,
        blocked_with=frozenset(blocked_with),
    )


def _is_away(until: date | None, today: date) -> bool:
    return until is not None and until > today


def _profile(person: Any, topics: frozenset[str] = frozenset()) -> Profile:
    """Of somebody without a profile nothing is known; topics chosen for welcoming stand for those of the profile."""
    own: Ambassador | None = getattr(person, "ambassador", None)
    if own is None:
        return Profile(person.pk, person.name, zone=person.time_zone)
    return Profile(
        key=person.pk,
        name=person.name,
        topics=topics or frozenset(topic.name for topic in own.topics.all()),
        languages=tuple(word for part in own.languages.split(",") if (word := part.strip())),
        comfort=own.tech_comfort,
        sector=own.sector.name if own.sector else "",
        roles=frozenset(label.name for label in own.role_labels.all()),
        place=own.place.name if own.place else "",
        country=own.place.country if own.place else "",
        zone=person.time_zone,
    )


def _blocks(newcomers: Sequence[int]) -> dict[int, set[int]]:
    """Of each person, those of the newcomers with whom they exchange no messages, whoever of the two said so."""
    blocks: dict[int, set[int]] = defaultdict(set)
    for one, other in Block.objects.filter(Q(person__in=newcomers) | Q(blocked__in=newcomers)).values_list("person", "blocked"):
        blocks[one].add(other)
        blocks[other].add(one)
    return blocks
