"""Places that a form offers while one types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from ambassadors.models import Ambassador
from foundation.audiences import reached_by
from foundation.models import Place

if TYPE_CHECKING:
    from ambassadors.models import User

MOST = 300


def known_places(reader: User) -> list[str]:
    """Return the places of people who let the reader see theirs: a place that somebody keeps to themselves is not offered."""
    people = Ambassador.objects.listed_to(reader).filter(place=OuterRef("pk"), place_audience__in=reached_by(reader))
    return [str(place) for place in Place.objects.visible_to(reader).filter(Exists(people))[:MOST]]
