"""Who is what in a space: roles are given and taken, and a micro-community is never left without a leader."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from correspondence import outbox
from discussions import rules
from discussions.models import Space, SpaceRole
from discussions.spaces.acting import relieve
from discussions.spaces.workflow import hold
from foundation.models import Via
from foundation.workflow import record

if TYPE_CHECKING:
    from ambassadors.models import User

Role = SpaceRole.Role


@transaction.atomic
def change_roles(space: Space, *, by: User, person: User, roles: Iterable[str], via: Via = Via.WEB) -> list[str]:
    """Let `person`, who is in it, have these roles and no others, and tell them; without any they are out of it. Returns the roles.

    Raises PermissionDenied when `by` does not lead it, ValidationError when nobody would lead it any more, or the person is not in it.
    """
    held = hold(space)
    if not rules.leads(by, held):
        raise PermissionDenied(_("Roles are given by those who lead the space."))
    before, after = rules.roles_of(person, held), _given(held, roles)
    if not before:
        raise ValidationError(_("This person is not in it any more: invite them."))
    if before == set(after):
        return after
    _take(held, person, before - set(after))
    for role in after:
        SpaceRole.objects.get_or_create(space=held, person=person, role=role)
    relieve(held)
    entry = record("changed roles" if after else "took out of the space", held, by=by, via=via, about=person, note=_names(after))
    if person != by:
        outbox.post("space_roles", person, key=f"space-roles:{entry.pk}", space=held.pk)
    return after


@transaction.atomic
def leave(space: Space, *, by: User, via: Via = Via.WEB) -> None:
    """Give up all one's roles. Raises ValidationError when nobody would lead it any more."""
    held = hold(space)
    roles = rules.roles_of(by, held)
    if roles:
        _take(held, by, roles)
        record("left the space", held, by=by, via=via, about=by)


@transaction.atomic
def take_lead(space: Space, *, by: User, via: Via = Via.WEB) -> None:
    """Lead a micro-community that one is in and that nobody leads. Raises ValidationError when somebody was quicker."""
    held = hold(space)
    if not rules.may_take_lead(by, held):
        raise ValidationError(_("Somebody leads it by now."))
    give(held, by, Role.LEADER, by=by, via=via, verb="took the lead")


def give(space: Space, person: User, role: str, *, by: User, via: Via, verb: str) -> None:
    """Give a role, the space being held by the caller."""
    SpaceRole.objects.update_or_create(space=space, person=person, role=role, defaults={"is_acting": False})
    relieve(space)
    record(verb, space, by=by, via=via, about=person, note=_names([role]))


def step_back(space: Space, leader: User, *, by: User, via: Via) -> None:
    """Let somebody who handed over be a participant, the space being held by the caller."""
    if Role.LEADER in rules.roles_of(leader, space):
        if not space.is_topic:
            SpaceRole.objects.get_or_create(space=space, person=leader, role=Role.PARTICIPANT)
        _take(space, leader, {Role.LEADER})
        record("handed over", space, by=by, via=via, about=leader)


def _take(space: Space, person: User, roles: set[str]) -> None:
    lasting = SpaceRole.objects.leaders().lasting().filter(space=space)
    # Whoever acts as leader was not asked before, so they may always give it back: the clock finds somebody else.
    is_leader = not space.is_topic and Role.LEADER in roles and lasting.filter(person=person).exists()
    if is_leader and not lasting.of_members().exclude(person=person).exists():
        raise ValidationError(_("Nobody else leads it. Hand it over to somebody first, or end it."))
    SpaceRole.objects.filter(space=space, person=person, role__in=roles).delete()


def _given(space: Space, roles: Iterable[str]) -> list[str]:
    """The roles of a form, in their order; a topic has leaders alone."""
    there: list[str] = [Role.LEADER] if space.is_topic else Role.values
    return [role for role in there if role in set(roles)]


def _names(roles: Iterable[str]) -> str:
    return ", ".join(str(Role(role).label) for role in roles)
