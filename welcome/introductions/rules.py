"""Who introduces people to each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discussions.models import Space

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User


def may_introduce(user: User | AnonymousUser) -> bool:
    """Hosts: the support team, and whoever leads a space."""
    if not user.is_authenticated or not user.is_member:
        return False
    return bool(user.is_staff) or Space.objects.led_by(user).active().exists()
