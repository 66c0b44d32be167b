"""Who acts as leader of a micro-community while none of its own is here. Its row is held by the callers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from correspondence import outbox
from discussions.models import Space, SpaceRole
from foundation.models import HistoryEntry, Via
from foundation.workflow import record

if TYPE_CHECKING:
    from discussions.querysets import SpaceRoleQuerySet

Role = SpaceRole.Role
ACTS = "acts as leader for now"
RELIEVED = "acts as leader no longer"


def let_somebody_act(space: Space) -> SpaceRole | None:
    """Let whoever has taken part the longest, and is here, act as leader; nobody is asked twice in one absence."""
    here = SpaceRole.objects.here_by(timezone.localdate()).filter(space=space).exclude(person__in=_who_acted(space))
    longest = [here.filter(role=role).order_by("since", "pk").select_related("person").first() for role in _SPEAKERS]
    chosen = next(filter(None, longest), None)
    if chosen is None:
        return None
    acting: SpaceRole = SpaceRole.objects.create(space=space, person=chosen.person, role=Role.LEADER, is_acting=True)
    entry = record(ACTS, space, by=None, via=Via.CLOCK, about=chosen.person)
    outbox.post("space_acting", chosen.person, key=f"space-acting:{entry.pk}", space=space.pk)
    return acting


def relieve(space: Space) -> None:
    """Look for nobody any more once somebody leads it, and thank whoever acted once a leader of its own is here."""
    own = SpaceRole.objects.leaders().lasting().filter(space=space)
    if space.leader_wanted_at and own.of_members().exists():
        _forget(space, "leader_wanted_at")
    if space.unattended_since and own.here_by(timezone.localdate()).exists():
        _forget(space, "unattended_since")
        _thank(SpaceRole.objects.acting().filter(space=space), space)


def _thank(acting: SpaceRoleQuerySet, space: Space) -> None:
    for role in acting.select_related("person"):
        role.delete()
        if not SpaceRole.objects.filter(space=space, person=role.person).exists():
            SpaceRole.objects.create(space=space, person=role.person, role=Role.PARTICIPANT)
        entry = record(RELIEVED, space, by=None, via=Via.CLOCK, about=role.person)
        outbox.post("space_roles", role.person, key=f"space-roles:{entry.pk}", space=space.pk)


def _forget(space: Space, field: str) -> None:
    Space.objects.filter(pk=space.pk).update(**{field: None})
    setattr(space, field, None)


def _who_acted(space: Space) -> list[int | None]:
    """Since the last leader of its own was here."""
    kind = ContentType.objects.get_for_model(Space)
    lines = HistoryEntry.objects.filter(target_type=kind, target_id=str(space.pk), verb=ACTS, at__gte=space.unattended_since)
    return list(lines.exclude(about=None).values_list("about", flat=True))


_SPEAKERS = (Role.PARTICIPANT, Role.ADVISOR)
