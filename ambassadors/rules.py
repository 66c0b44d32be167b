"""Who may do what with a person's standing. Pure functions of (user, ambassador)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ambassadors.models import Ambassador, User


def is_support(user: User | None, ambassador: Ambassador | None = None) -> bool:
    """The support team looks after the roster."""
    return user is not None and user.is_active and user.is_staff


def is_support_or_self(user: User | None, ambassador: Ambassador) -> bool:
    """One may pause, come back from a pause, and leave by oneself; the support team may do it for one."""
    return is_support(user) or (user is not None and user.is_active and user.pk == ambassador.user_id)


def may_remove(user: User | None, ambassador: Ambassador) -> bool:
    """Nobody removes themselves, or somebody of the support team: that right is taken from them first."""
    return is_support(user) and user is not None and user.pk != ambassador.user_id and not ambassador.user.is_staff


def may_take_into_support(user: User | None, person: User) -> bool:
    """Superusers decide who is of the support team."""
    return is_support(user) and user is not None and user.is_superuser and person.is_active and not person.is_staff


def may_release_from_support(user: User | None, person: User) -> bool:
    """Superusers decide it for others, not for themselves."""
    return is_support(user) and user is not None and user.is_superuser and person.is_staff and user.pk != person.pk
