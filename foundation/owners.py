"""Whose an e-mail address is: the account's that has verified it. Whoever acts on an address asks here.

Addresses of accounts are kept in small letters, so that each question costs one look into their index, however many there are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from ambassadors.models import User


def account_at(address: str) -> User | None:
    """Return the account that has verified this address, however it is written; None when nobody has."""
    row = _verified(address).select_related("user").first()
    owner: User | None = row.user if row else None
    return owner


def owner_of(address: str) -> int | None:
    """Return the key of the account that has verified this address."""
    owner: int | None = _verified(address).values_list("user_id", flat=True).first()
    return owner


def _verified(address: str) -> QuerySet[Any, Any]:
    written = address.strip().lower()
    found: QuerySet[Any, Any] = (
        EmailAddress.objects.filter(email=written, verified=True) if written else EmailAddress.objects.none()
    )
    return found
