"""What offers lay on a person's desk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ambassadors.models import EngagementAsk
from foundation.desk import DeskCard, desk
from foundation.prepared import prepared

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from ambassadors.models import User

CARDS = 3


@desk.register("requests")
def requests(person: User) -> Iterator[DeskCard]:
    """What the person is asked for and has not answered. It is an offer to them, not a debt."""
    for pk, subject, by, option, needed_by in _waiting(person):
        yield DeskCard(
            title=subject,
            text=_("%(name)s asks, because you offered: %(option)s.")
            % {"name": by or _("The support team"), "option": option or "…"},
            url=reverse("ambassadors:engagement-request-detail", args=[pk]),
            action=_("Read and answer"),
            weight=10,
            due_at=_end_of(needed_by),
        )


@prepared
def _waiting(person: Any) -> QuerySet[Any, Any]:
    waiting = EngagementAsk.objects.visible_to(person).filter(person=person).waiting().order_by("-pk")
    shown = ("request_id", "request__subject", "request__by__name", "request__option__name", "request__needed_by")
    return waiting.values_list(*shown)[:CARDS]


def _end_of(day: date | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time(23, 59))) if day else None
