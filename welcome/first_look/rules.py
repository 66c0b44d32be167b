"""Who may do what with first looks, and with what comes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discussions.models import Space

if TYPE_CHECKING:
    from ambassadors.models import User
    from welcome.models import FirstLook, Improvement, LookPair


def may_prepare(user: User | None) -> bool:
    """The support team: pairs are made by what people said of themselves to the team alone."""
    return user is not None and user.is_member and user.is_staff


def runs_look(user: User | None, look: FirstLook) -> bool:
    """One of the support team, in a space that they read."""
    if user is None or not may_prepare(user):
        return False
    return Space.objects.read_by(user).filter(pk=look.space_id).exists()


def may_write(user: User | None, pair: LookPair) -> bool:
    """Whoever sits in the pair, while the look is open."""
    if user is None or not user.is_member or not pair.look.is_open:
        return False
    return pair.seats.filter(person=user).exists()


def looks_after(user: User | None, improvement: Improvement) -> bool:
    """The support team, and whoever took it on; one that went into another moves no more."""
    if user is None or not user.is_member or improvement.merged_into_id is not None:
        return False
    return user.is_staff or improvement.owner_id == user.pk


def may_merge(user: User | None, improvement: Improvement) -> bool:
    """The support team: it sees all of them."""
    return looks_after(user, improvement) and may_prepare(user)
