"""The role labels under a name. A post keeps those of its day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foundation.audiences import Audience

if TYPE_CHECKING:
    from ambassadors.models import User

MOST = 4


def labels_of(person: User) -> list[str]:
    """The role labels that members may see beside the person's name now, at most four, in the order of the vocabulary."""
    ambassador = getattr(person, "ambassador", None)
    if ambassador is None or ambassador.role_labels_audience == Audience.STAFF:
        return []
    return list(ambassador.role_labels.values_list("name", flat=True)[:MOST])
