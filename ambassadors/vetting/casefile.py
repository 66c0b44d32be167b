"""One case as its readers see it: the nomination under its own criteria, and what was said of it, side by side."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from ambassadors.models import AssessmentAnswer, AssessmentMark, Criterion, Nomination, VettingAssignment, VettingQuestion

if TYPE_CHECKING:
    from datetime import datetime

    from ambassadors.models import User

ASSESSED = VettingAssignment.Status.ASSESSED


@dataclass(frozen=True)
class Said:
    """What one vetter says of one criterion or question."""

    who: str
    mark: str
    mark_label: str
    text: str


@dataclass(frozen=True)
class Line:
    """One criterion or question, what the nominator has seen of it, and what each vetter says, in the order of the columns."""

    text: str
    help: str
    is_must: bool
    evidence: str
    said: list[Said]


@dataclass(frozen=True)
class Column:
    """One assessment that was given: whose it is, and what stands at its head."""

    who: str
    is_own: bool
    view: str
    view_label: str
    acquaintance: str
    comment: str
    assessed_at: datetime | None
    amendment: str
    amended_view: str
    amended_at: datetime | None


@dataclass(frozen=True)
class SideBySide:
    """Given assessments in columns, criteria and questions in rows."""

    columns: list[Column]
    criteria: list[Line]
    questions: list[Line]


def nomination_lines(nomination: Nomination) -> list[Line]:
    """The criteria of the nomination's own edition with what its nominator has seen; a closed case reads as it did."""
    return _lines(_criteria_of(nomination), _evidence_of(nomination), {}, [])


def side_by_side(nomination: Nomination, reader: User) -> SideBySide:
    """What `reader` may read of the assessments today: all for a lead, none before one's own is given."""
    rows = VettingAssignment.objects.visible_to(reader).filter(nomination=nomination, status=ASSESSED)
    given = list(rows.select_related("vetter").order_by("assessed_at", "pk"))
    names = [_name(one) for one in given]
    marks = _by_row(AssessmentMark.objects.filter(assignment__in=given), "criterion_id")
    answers = _by_row(AssessmentAnswer.objects.filter(assignment__in=given), "question_id")
    columns = [_column(one, name, reader) for one, name in zip(given, names, strict=True)]
    people = list(zip([one.pk for one in given], names, strict=True))
    questions = list(VettingQuestion.objects.filter(edition=nomination.criteria_id))
    return SideBySide(
        columns, _lines(_criteria_of(nomination), _evidence_of(nomination), marks, people), _lines(questions, {}, answers, people)
    )


def _name(one: VettingAssignment) -> str:
    return one.vetter.name if one.vetter else _("a former member")


def _criteria_of(nomination: Nomination) -> list[Criterion]:
    return list(Criterion.objects.filter(edition=nomination.criteria_id))


def _evidence_of(nomination: Nomination) -> dict[int, str]:
    return dict(nomination.evidence.values_list("criterion_id", "text"))


def _by_row(rows: Any, key: str) -> dict[int, dict[int, Any]]:
    found: dict[int, dict[int, Any]] = defaultdict(dict)
    for row in rows:
        found[getattr(row, key)][row.assignment_id] = row
    return found


def _lines(
    asked: list[Any], evidence: dict[int, str], said: dict[int, dict[int, Any]], people: list[tuple[int, str]]
) -> list[Line]:
    return [
        Line(
            one.text,
            one.explanation if isinstance(one, Criterion) else one.help_text,
            getattr(one, "kind", "") == Criterion.Kind.MUST,
            evidence.get(one.pk, ""),
            [_said(name, said.get(one.pk, {}).get(pk)) for pk, name in people],
        )
        for one in asked
    ]


def _said(who: str, row: Any) -> Said:
    if row is None:
        return Said(who, "", "", "")
    if isinstance(row, AssessmentMark):
        return Said(who, row.mark, row.get_mark_display(), row.comment)
    return Said(who, "", "", row.text)


def _column(one: VettingAssignment, who: str, reader: User) -> Column:
    return Column(
        who=who,
        is_own=one.vetter_id == reader.pk,
        view=one.view,
        view_label=one.get_view_display(),
        acquaintance=one.get_acquaintance_display(),
        comment=one.comment,
        assessed_at=one.assessed_at,
        amendment=one.amendment,
        amended_view=one.get_amended_view_display(),
        amended_at=one.amended_at,
    )
