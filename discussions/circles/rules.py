"""Who may do what with circles. The support team opens them; whoever leads the space looks after them, and the support team too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discussions import rules
from discussions.models import Circle, MeetingChange, Space

if TYPE_CHECKING:
    from ambassadors.models import User


def may_open(user: User | None) -> bool:
    """The support team."""
    return user is not None and user.is_staff and user.is_member


def runs(user: User | None, circle: Circle) -> bool:
    """Whoever leads its space; of one that they can read, anybody of the support team. Nobody once the space has ended."""
    if user is None or circle.space.status != Space.Status.ACTIVE:
        return False
    if rules.leads(user, circle.space):
        return True
    return may_open(user) and Space.objects.read_by(user).filter(pk=circle.space_id).exists()


def runs_meeting(user: User | None, change: MeetingChange) -> bool:
    """Likewise of one of its meetings."""
    return runs(user, change.circle)


def may_invite(user: User | None, circle: Circle) -> bool:
    """By label, whoever of the support team leads it: a hundred mails go out in their name."""
    return may_open(user) and circle.space.status == Space.Status.ACTIVE and rules.leads(user, circle.space)


def is_inside(user: User, circle: Circle) -> bool:
    """Whether they are in it, and so learn where it meets."""
    return bool(rules.roles_of(user, circle.space))
