"""The way from one's first weeks to people one may want to meet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from foundation.panels import Panel, panels

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from ambassadors.models import User


def way_to_people(reader: User | AnonymousUser, person: Any) -> dict[str, Any] | None:
    """For ambassadors."""
    return {} if getattr(reader, "ambassador", None) is not None else None


panels.add("people to meet", Panel("first-weeks", "welcome/_way_to_people.html", way_to_people, weight=40, is_plain=True))
