"""What lies on a person's desk: each app registers a source which returns the cards it has for one person."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from foundation.registry import Registry

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User


@dataclass(frozen=True)
class DeskCard:
    """One thing a person owes, is offered, or may want to know. `weight` sorts: what is owed (0) before offers (10) and news (20)."""

    title: str
    text: str
    url: str
    action: str
    weight: int = 20
    due_at: datetime | None = None
    template: str = "community/_desk_card.html"
    extra: Any = None


Source = Callable[["User"], Iterable[DeskCard]]

desk: Registry[Source] = Registry("desk source")


def cards_for(person: User | AnonymousUser) -> list[DeskCard]:
    """Return the person's cards, what is owed first."""
    if not person.is_authenticated:
        return []
    return sorted((card for source in desk for card in source(person)), key=lambda card: card.weight)
