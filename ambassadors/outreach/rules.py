"""Who may do what with outreach and speaking slots. Pure functions of (user, row)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ambassadors.rules import is_support

if TYPE_CHECKING:
    from ambassadors.models import OutreachEntry, OutreachQuestion, SlotVolunteer, SpeakingSlot, User


def is_ambassador(user: User | None) -> bool:
    """Somebody to whom the house is open as an ambassador: the support team alone logs nothing and gives no talks."""
    own = getattr(user, "ambassador", None)
    return user is not None and user.is_active and own is not None and own.status in {"active", "paused"}


def owns(user: User | None, row: OutreachEntry | OutreachQuestion | SlotVolunteer) -> bool:
    """One's own row, while the house is open to one."""
    return is_ambassador(user) and user is not None and user.pk == row.person_id


def may_post(user: User | None) -> bool:
    """Members and the support team know of places where somebody is wanted to speak."""
    return user is not None and user.is_member


def runs(user: User | None, slot: SpeakingSlot) -> bool:
    """Whoever posted a slot gives it away, or the support team."""
    return is_support(user) or (user is not None and user.is_member and user.pk == slot.posted_by_id)


def speaks(user: User | None, slot: SpeakingSlot) -> bool:
    """The one who was chosen."""
    return user is not None and user.is_active and user.pk == slot.speaker_id
