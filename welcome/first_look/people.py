"""What the suggestions of pairs know of people, read from their profiles."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model

from ambassadors.models import Ambassador
from discussions.models import Block
from welcome.first_look.pairing import Looker

if TYPE_CHECKING:
    from ambassadors.models import User


def hold_profiles(people: Collection[int]) -> None:
    """Hold what these people say of themselves until the transaction ends: a change at this moment comes before the pair, or after it."""
    rows = Ambassador.objects.filter(user__in=people).select_for_update(no_key=True).order_by("pk")
    list(rows.values_list("pk"))


def lookers(people: Collection[int]) -> dict[int, Looker]:
    """What each of these people said, by their key. Of those without a profile it is nothing but the name."""
    rows = get_user_model().objects.filter(pk__in=people).select_related("ambassador__place").order_by("pk")
    return {person.pk: looker_of(person) for person in rows}


def looker_of(person: User) -> Looker:
    """What one of them said; the profile has been read with them."""
    own = getattr(person, "ambassador", None)
    if own is None:
        return Looker(person.pk, person.name)
    return Looker(person.pk, person.name, own.tech_comfort, own.organization_id, str(own.place or ""))


def apart(people: Iterable[int]) -> frozenset[frozenset[int]]:
    """Those of them who exchange no private messages: they are not suggested to each other, and nobody is told why."""
    keys = list(people)
    rows = Block.objects.filter(person__in=keys, blocked__in=keys).values_list("person", "blocked")
    return frozenset(frozenset(pair) for pair in rows)
