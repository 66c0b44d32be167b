"""What offers lay on a person's desk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from ambassadors.models import EngagementAsk
from foundation.desk import DeskCard, desk

if TYPE_CHECKING:
    from datetime import date

    from ambassadors.models import User

CARDS = 3


@desk.register("requests")
def requests(person: User) -> Iterator[DeskCard]:
    """What the person is asked for and has not answered. It is an offer to them, not a debt."""
    waiting = EngagementAsk.objects.visible_to(person).filter(person=person).waiting()
    for one in waiting.select_related("request__option", "request__by").order_by("-pk")[:CARDS]:
        yield DeskCard(
            title=one.request.subject,
            text=_("%(name)s asks, because you offered: %(option)s.")
            % {"name": one.request.by or _("The support team"), "option": one.request.option or "…"},
            url=one.request.get_absolute_url(),
            action=_("Read and answer"),
            weight=10,
            due_at=_end_of(one.request.needed_by),
        )


def _end_of(day: date | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time(23, 59))) if day else None
