"""Who is in a space, for those who may know: faces with what each is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.contrib.postgres.aggregates import ArrayAgg, BoolOr
from django.db.models import Case, IntegerField, Min, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from ambassadors.models import Ambassador
from ambassadors.privacy import PersonRow, ProfileCard, cards_for
from discussions.models import Space, SpaceRole

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from ambassadors.models import User

PEOPLE_A_PAGE = 48
ON_THE_PAGE = 14  # of the space itself
Role = SpaceRole.Role
RANKS = {role.value: rank for rank, role in enumerate(Role)}
GROUPS: dict[str, StrPromise] = {
    Role.LEADER: _("Leaders"),
    Role.PARTICIPANT: _("Participants"),
    Role.ADVISOR: _("Advisors"),
    Role.PROMOTER: _("Promoters"),
}


@dataclass(frozen=True)
class InSpace:
    """One person in a space, as the reader may see them: `acts` of who leads it for a while only, `card` empty for who is in no directory."""

    pk: int
    name: str
    roles: tuple[str, ...]
    rank: int
    acts: bool
    sort_name: str
    card: ProfileCard | None

    @property
    def url(self) -> str:
        return self.card.url if self.card else ""

    @property
    def photo(self) -> str:
        return self.card.small_photo_url if self.card else ""

    @property
    def labels(self) -> tuple[str, ...]:
        """Their role labels in the community."""
        return self.card.role_labels if self.card else ()

    @property
    def also(self) -> list[StrPromise]:
        """What they are beside the first of their roles."""
        return [*([_("for now")] if self.acts else []), *(Role(role).label for role in self.roles[1:])]


def people_of(space: Space, reader: User, *, most: int, after: tuple[int, str, int] | None = None) -> list[InSpace]:
    """Return at most `most` people of the space: leaders first, by name within each role. Nobody where the reader may not know them."""
    rank = Min(Case(*(When(role=role, then=Value(place)) for role, place in RANKS.items()), output_field=IntegerField()))
    held = SpaceRole.objects.visible_to(reader).of_members().filter(space=space)
    rows = held.values("person_id", "person__name", "person__sort_name").annotate(
        rank=rank, held=ArrayAgg("role"), acts=BoolOr("is_acting")
    )
    if after is not None:
        place, name, pk = after
        later = Q(person__sort_name__gt=name) | Q(person__sort_name=name, person_id__gt=pk)
        rows = rows.filter(Q(rank__gt=place) | (Q(rank=place) & later))
    found = list(rows.order_by("rank", "person__sort_name", "person_id")[:most])
    cards = _cards(reader, [row["person_id"] for row in found])
    return [_in_space(row, cards.get(row["person_id"])) for row in found]


def others_in(space: Space, reader: User) -> QuerySet[User]:
    """Who else is in the space, for those who may know."""
    held = SpaceRole.objects.visible_to(reader).of_members().filter(space=space).exclude(person=reader.pk)
    people: QuerySet[User] = get_user_model().objects.filter(pk__in=held.values("person"))  # unscoped: the roles are the scope
    return people


def by_role(people: Sequence[InSpace]) -> list[dict[str, Any]]:
    """The same in groups, each under its first role."""
    return [{"title": GROUPS[list(GROUPS)[rank]], "people": list(group)} for rank, group in groupby(people, lambda one: one.rank)]


def _in_space(row: Any, card: ProfileCard | None) -> InSpace:
    roles = tuple(sorted(row["held"], key=RANKS.__getitem__))
    return InSpace(row["person_id"], row["person__name"], roles, row["rank"], row["acts"], row["person__sort_name"], card)


def _cards(reader: User, people: list[int]) -> dict[int, ProfileCard]:
    if not people:
        return {}
    rows = [PersonRow.of(row) for row in Ambassador.objects.visible_to(reader).filter(user__in=people).as_rows()]
    return {row.user_id: card for row, card in zip(rows, cards_for(reader, rows), strict=True)}
