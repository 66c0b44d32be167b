"""The history of a space, which staff do not read in the admin: it is for those who lead the space."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from discussions import rules
from discussions.models import Space
from foundation.models import HistoryEntry

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from ambassadors.models import User


def history_of(space: Space, *, reader: User) -> QuerySet[HistoryEntry]:
    """What was done with the space, the newest first. Raises PermissionDenied for whoever does not lead it."""
    if not rules.leads(reader, space):
        raise PermissionDenied(_("Its history is for those who lead the space."))
    kind = ContentType.objects.get_for_model(Space)
    lines = HistoryEntry.objects.filter(target_type=kind, target_id=str(space.pk))
    return lines.select_related("about").order_by("-pk")
