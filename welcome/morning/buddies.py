"""Welcomes after which the buddy has not written, for the support team: where somebody else can be offered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from discussions.morning import MOST, Line, Part, Source, morning, one_page
from welcome.models import BuddyMatch

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from ambassadors.models import User

STATUS = BuddyMatch.Status


def waiting(reader: User) -> QuerySet[Any, Any]:
    """The pairs whose buddy was reminded and has not written, so that the team was offered somebody else."""
    seen = BuddyMatch.objects.visible_to(reader).filter(status=STATUS.WELCOMED, offered_at__isnull=False)
    rows: QuerySet[Any, Any] = seen.select_related("newcomer", "buddy__person").order_by("offered_at", "pk")
    return rows


def part(reader: User) -> Part | None:
    """The longest waiting first. It is the support team's alone: to the two it is no matter of lists."""
    if not (reader.is_member and reader.is_staff):
        return None
    lines, has_more = one_page([_line(match) for match in waiting(reader)[: MOST + 1]])
    return Part(
        gettext_lazy("Newcomers who wait for their buddy"),
        gettext_lazy("Nobody waits for a first word of their buddy."),
        lines,
        text=gettext_lazy(
            "Welcomed, and no word of the buddy since, who was reminded once. Perhaps somebody else has more time now."
        ),
        has_more=has_more,
    )


def _line(match: Any) -> Line:
    buddy = match.buddy.person.shown_name if match.buddy else _("a former member")
    title = _("%(newcomer)s, with %(buddy)s") % {"newcomer": match.newcomer.shown_name, "buddy": buddy}
    return Line(title, reverse("welcome:quiet-list"), note=_("somebody else can be offered"), at=match.welcomed_at)


morning.add("quiet buddies", Source(part, weight=15, for_all=True))
