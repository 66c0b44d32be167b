"""Somebody who looks on: a reader who stands for all of a kind, so that one can see one's own pages with their eyes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser

from ambassadors.models import User

if TYPE_CHECKING:
    from typing import Any

ONLOOKERS = ("visitor", "member", "staff")
NOBODY = 0  # a key that no row has: what is one's own is nobody's here


def onlooker(kind: str) -> Any:
    """Return a visitor, a member with whom one shares nothing, or one of the support team without further duties. None is ever saved."""
    if kind == "visitor":
        return AnonymousUser()
    reader = User(pk=NOBODY, is_staff=kind == "staff")
    reader.is_member = True  # a cached property: it would look for a profile
    return reader
