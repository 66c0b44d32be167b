"""An Update that stopped lies on the support team's desk."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from correspondence.models import Update
from foundation.desk import Chore, DeskCard, house


def stopped_card(number: int) -> DeskCard:
    """Where to see why."""
    return DeskCard(
        ngettext("%d Update has stopped", "%d Updates have stopped", number) % number,
        _("Somebody stopped it, or it holds what visitors cannot read. Its history says where."),
        f"{reverse('admin:correspondence_update_changelist')}?status__exact=stopped",
        _("Look at it"),
        weight=1,
    )


house.add("stopped update", Chore(lambda staff: Update.objects.visible_to(staff).filter(status="stopped"), stopped_card))
