"""Pairs of a first look that have sent nothing yet, for those who run it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from discussions.morning import MOST, Line, Part, Source, morning, one_page
from welcome.models import FirstLook, LookPair, LookSeat

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from ambassadors.models import User

SOON = timedelta(days=3)


def waiting(reader: User) -> QuerySet[Any, Any]:
    """Of the open looks that `reader` runs: the pairs that have sent nothing, once they were reminded or the day is near."""
    near = Q(look__due_on__lte=timezone.localdate() + SOON) | Q(reminded_at__isnull=False)
    run = FirstLook.objects.run_by(reader).values("pk")
    names = LookSeat.objects.here().filter(pair=OuterRef("pk")).order_by("added_at", "pk").values("person__name")
    pairs = LookPair.objects.visible_to(reader).silent().filter(near, look__in=run).annotate(names=ArraySubquery(names))
    rows: QuerySet[Any, Any] = pairs.select_related("look__space").order_by("look__due_on", "number", "pk")
    return rows


def part(reader: User) -> Part | None:
    """Those whose day is nearest first: they are on no other list, and nobody else reads it."""
    if not (reader.is_member and reader.is_staff):
        return None
    lines, has_more = one_page([_line(pair) for pair in waiting(reader)[: MOST + 1]])
    return Part(
        gettext_lazy("Pairs without an answer"),
        gettext_lazy("Every pair of a first look has answered, or has time left."),
        lines,
        text=gettext_lazy("Often one of the two waits for the other. A short line to both is kinder than a second reminder."),
        has_more=has_more,
    )


def _line(pair: Any) -> Line:
    names = _(" and ").join(pair.names)
    title = _("%(names)s, on “%(look)s”") % {"names": names, "look": pair.look.title}
    day = pair.look.due_on
    is_late = day < timezone.localdate()
    note = _("wanted by %(day)s") % {"day": date_format(day, "j F")}
    return Line(title, pair.look.get_absolute_url(), str(pair.look.space), note, pressing=is_late)


morning.add("silent pairs", Source(part, weight=16, for_all=True))
