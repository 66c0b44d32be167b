"""Reports on the desk and on the morning page of those who handle them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from discussions.models import Measure, Report
from discussions.morning import MOST, Line, Part, Source, morning, one_page
from foundation.desk import Chore, DeskCard, Note, NoteRow, house, noted, notes

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from ambassadors.models import User


def _waiting(person: Any) -> QuerySet:
    handled = Report.objects.visible_to(person).handled_by(person).open().exclude(status="in hand")
    return noted(handled, "reports", at="created_at", most=1)


def _card(row: NoteRow) -> DeskCard:
    return DeskCard(
        title=_("A report waits for you"),
        text=_("Somebody asks to have a look taken at what was said. They hear from whoever takes it."),
        url=reverse("discussions:report-list"),
        action=_("Look at it"),
        weight=1,
    )


def part(reader: User) -> Part | None:
    """The reports that nobody has settled, for those who handle them; nothing for who has none, so that nobody learns of any."""
    reports = Report.objects.visible_to(reader).handled_by(reader).open().select_related("post__thread__space")
    lines, has_more = one_page([_line(report) for report in reports.order_by("created_at", "pk")[: MOST + 1]])
    if not lines:
        return None
    url, action = reverse("discussions:report-list"), gettext_lazy("All reports")
    return Part(gettext_lazy("Reports"), "", lines, url=url, action=action, has_more=has_more)


def _line(report: Report) -> Line:
    space, waits = report.post.thread.space, report.status == Report.Status.OPEN
    return Line(
        report.get_reason_display(),
        report.get_absolute_url(),
        str(space) if space else _("a private conversation"),
        report.get_status_display(),
        report.created_at,
        pressing=waits,
    )


def _proposed(person: User) -> QuerySet:
    return Measure.objects.visible_to(person).proposed().exclude(proposed_by=person.pk)


def _proposed_card(number: int) -> DeskCard:
    return _measure_card(
        ngettext("%d measure waits for a second person", "%d measures wait for a second person", number) % number,
        _("A colleague proposes something about a member. It takes two of you."),
    )


def _appealed(person: User) -> QuerySet:
    return Measure.objects.visible_to(person).appealed().exclude(proposed_by=person.pk).exclude(agreed_by=person.pk)


def _appealed_card(number: int) -> DeskCard:
    title = ngettext("%d appeal waits for you", "%d appeals wait for you", number) % number
    return _measure_card(title, _("Somebody decides about it who had no part in what was decided."))


def _measure_card(title: str, text: str) -> DeskCard:
    return DeskCard(title=title, text=text, url=reverse("discussions:measure-list"), action=_("Look at it"))


house.add("measures", Chore(_proposed, _proposed_card))
house.add("appeals", Chore(_appealed, _appealed_card))
notes.add("reports", Note(_waiting, _card))
morning.add("reports", Source(part, weight=5, for_all=True))
