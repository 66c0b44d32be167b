"""What was done with a person, beneath their page in the admin."""

from __future__ import annotations

from django.db.models import QuerySet

from ambassadors.models import User
from foundation.models import HistoryEntry

LINES = 50


def history_about(person: User, reader: User) -> QuerySet:
    """Return the newest lines of history about `person` that `reader` may read."""
    return HistoryEntry.objects.visible_to(reader).filter(about=person).order_by("-at", "-pk")[:LINES]
