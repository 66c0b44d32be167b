"""Who of us wrote from an address."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress

if TYPE_CHECKING:
    from collections.abc import Callable

    from ambassadors.models import User

REMEMBERED = 10_000


def authors() -> Callable[[str], User | None]:
    """Return a function that finds the account which has verified an address; it remembers those of one import."""
    return lru_cache(maxsize=REMEMBERED)(_owner)


def _owner(address: str) -> User | None:
    if not address:
        return None
    row = EmailAddress.objects.filter(email__iexact=address, verified=True).select_related("user").first()
    owner: User | None = row.user if row else None
    return owner
