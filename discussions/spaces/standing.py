"""What a space is to one reader: what they are in it, and what its pages offer them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from discussions import rules
from discussions.models import Space, SpaceRequest, SpaceRole

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from ambassadors.models import User

Role = SpaceRole.Role


@dataclass(frozen=True)
class Standing:
    """A reader in a space that they may know of.

    `acts` is whether they lead it for a while only, `is_led` whether it has a leader of its own, `waiting` their own request and invitation.
    """

    space: Space
    roles: frozenset[str]
    leads: bool
    acts: bool
    is_staff: bool
    is_led: bool
    waiting: tuple[SpaceRequest, ...]

    @property
    def reads(self) -> bool:
        """Whether they read what is said in it."""
        return self.space.openness == Space.Openness.OPEN or bool(self.roles)

    @property
    def starts(self) -> bool:
        """Whether they begin conversations in it."""
        return not self.space.has_ended and (self.space.is_topic or bool(rules.STARTS & self.roles))

    @property
    def invitation(self) -> SpaceRequest | None:
        """What they were asked, and have not answered."""
        return next((one for one in self.waiting if one.is_invitation), None)

    @property
    def request(self) -> SpaceRequest | None:
        """What they asked for, and wait for."""
        return next((one for one in self.waiting if not one.is_invitation), None)

    @property
    def may_join(self) -> bool:
        """Whether a press of a button lets them in."""
        return self._takes_people and self.space.openness == Space.Openness.OPEN and not self.roles and self.invitation is None

    @property
    def may_ask(self) -> bool:
        """Whether there is a role that they can ask for."""
        return self._takes_people and not self.leads and self.invitation is None and self.request is None

    @property
    def may_take_lead(self) -> bool:
        """Whether they are in it, and nobody leads it."""
        return self._takes_people and bool(self.roles) and not self.is_led

    @property
    def may_find_leader(self) -> bool:
        """Whether they look after the house, and nobody leads it."""
        return self._takes_people and self.is_staff and not self.is_led

    @property
    def _takes_people(self) -> bool:
        return not self.space.is_topic and not self.space.has_ended

    @property
    def rights(self) -> list[tuple[StrPromise, StrPromise]]:
        """Their own roles, each with what it lets them do."""
        return [(role.label, rules.RIGHTS[role]) for role in Role if role in self.roles]


def standing_of(reader: User, space: Space) -> Standing:
    """Return what `space` is to `reader`, who may know of it."""
    own = dict(SpaceRole.objects.of_members().filter(space=space, person=reader).values_list("role", "is_acting"))
    roles, acts = frozenset(own), any(own.values())
    waiting = SpaceRequest.objects.waiting().filter(space=space, person=reader).select_related("space", "person", "invited_by")
    return Standing(
        space=space,
        roles=roles,
        acts=acts,
        leads=Role.LEADER in roles or (space.is_topic and reader.is_staff),
        is_staff=reader.is_staff,
        is_led=space.is_topic or (Role.LEADER in roles and not acts) or _has_leader(space),
        waiting=tuple(waiting),
    )


def _has_leader(space: Space) -> bool:
    return SpaceRole.objects.who_belong().leaders().lasting().filter(space=space).exists()
