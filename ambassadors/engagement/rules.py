"""Who may do what with offers and requests. Pure functions of (user, row)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ambassadors.models import Ambassador, EngagementAsk, User


def may_offer(user: User | None, ambassador: Ambassador) -> bool:
    """One speaks for oneself, while the house is open to one."""
    return user is not None and user.is_active and user.pk == ambassador.user_id and ambassador.status in {"active", "paused"}


def may_answer(user: User | None, ask: EngagementAsk) -> bool:
    """The one who was asked answers, as long as the request is open."""
    return user is not None and user.is_active and user.pk == ask.person_id and ask.request.status == "open"
