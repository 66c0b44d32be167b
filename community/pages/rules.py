"""Who may write the pages of the public site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ambassadors.models import User


def may_edit_pages(user: User | None, obj: Any = None) -> bool:
    """The support team; nobody at all stands for a command, which its caller has allowed."""
    return user is None or (user.is_active and user.is_staff)
