"""What an archive holds of reports, and what erasing a person leaves of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from discussions.models import Block, ConductDuty, Measure, Report, ReportNote
from discussions.words import to_plain
from foundation.forgetting import names_of, take_out
from foundation.privacy_export import Record, Section, sections

if TYPE_CHECKING:
    from ambassadors.models import User


def what_they_reported(person: User) -> Iterable[Record]:
    """Their own reports with the outcome; and as a handler, the notes that they wrote."""
    for report in Report.objects.filter(reporter=person).order_by("pk").iterator(chunk_size=500):
        yield {
            "reported at": report.created_at,
            "why": report.get_reason_display(),
            "words": report.words,
            "the reported words": to_plain(report.said),
            "status": report.get_status_display(),
            "outcome": report.outcome,
        }
    for note in ReportNote.objects.filter(author=person).order_by("pk").iterator(chunk_size=500):
        yield {"noted at": note.written_at, "note": note.words}
    for duty in ConductDuty.objects.filter(person=person):
        yield {"handles reports since": duty.since}
    for block in Block.objects.filter(person=person).select_related("blocked").order_by("pk"):
        yield {"takes no private messages of": block.blocked.shown_name, "since": block.since}
    for measure in Measure.objects.filter(person=person, agreed_at__isnull=False).order_by("pk"):
        yield {
            "decided at": measure.agreed_at,
            "what": measure.get_kind_display(),
            "until": measure.until,
            "reason": measure.reason,
            "status": measure.get_status_display(),
            "appeal": measure.appeal,
            "answer": measure.answer,
        }


def forget_in_reports(person: User) -> None:
    """What they reported stays as a nameless case; of their own words that were reported, nothing is kept."""
    names = names_of(person)
    own = Report.objects.filter(reporter=person)
    take_out(own, "words", names)
    take_out(Report.objects.all(), "outcome", names)
    take_out(ReportNote.objects.all(), "words", names)
    Report.objects.filter(reported=person).update(said="", reported=None)
    own.update(reporter=None)
    Report.objects.filter(handler=person).update(handler=None)
    ReportNote.objects.filter(author=person).update(author=None)
    ConductDuty.objects.filter(person=person).delete()
    Measure.objects.filter(person=person).delete()
    for field in ("reason", "answer"):
        take_out(Measure.objects.all(), field, names)
    for role in ("proposed_by", "agreed_by", "answered_by"):
        Measure.objects.filter(**{role: person}).update(**{role: None})
    Block.objects.filter(Q(person=person) | Q(blocked=person)).delete()


sections.add(
    "reports",
    Section(
        _("Reports, and what was decided about you"),
        what_they_reported,
        forget_in_reports,
        weight=13,
        models=(
            "discussions.Report",
            "discussions.ReportNote",
            "discussions.ConductDuty",
            "discussions.Block",
            "discussions.Measure",
        ),
        text=_("What you reported and what came of it. Who reported something to those who handle reports is told to nobody."),
    ),
)
