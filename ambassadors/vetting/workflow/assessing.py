"""What vetters say of a case: a draft while they write, given once, and what they add after having read the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from ambassadors.models import AssessmentAnswer, AssessmentMark, Criterion, Nomination, VettingAssignment
from ambassadors.vetting import moves, rules
from foundation.models import Via
from foundation.workflow import TransitionRefused, apply, record

if TYPE_CHECKING:
    from ambassadors.models import User

A = VettingAssignment.Status


@dataclass(frozen=True)
class Assessment:
    """What a form brings: marks with a word each by key of the criterion, answers by key of the question."""

    view: str = ""
    acquaintance: str = ""
    comment: str = ""
    marks: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    answers: Mapping[int, str] = field(default_factory=dict)


@transaction.atomic
def save_draft(assignment: VettingAssignment, said: Assessment, *, revision: int, by: User) -> None:
    """Keep what was written so far; nobody else reads it. Whoever writes in two windows is told in the second."""
    locked = _open(assignment, revision=revision, by=by)
    _keep(locked, said)
    assignment.refresh_from_db()


@transaction.atomic
def give(assignment: VettingAssignment, said: Assessment, *, revision: int, by: User, via: Via = Via.WEB) -> None:
    """Give the assessment: from now on the leads read it, and the other vetters once they have given theirs.

    Raises ValidationError with what is missing.
    """
    locked = _open(assignment, revision=revision, by=by)
    if lacking := lacking_in(locked, said):
        raise ValidationError(lacking)
    _keep(locked, said)
    apply(moves.GIVE, assignment, by=by, via=via, assessed_at=timezone.now())
    # A decider whose page is older than these words is asked to read them first.
    Nomination.objects.filter(pk=assignment.nomination_id).update(revision=F("revision") + 1)


@transaction.atomic
def amend(assignment: VettingAssignment, text: str, view: str, *, revision: int, by: User, via: Via = Via.WEB) -> None:
    """Add to a given assessment, having read the others: kept beside what was given first, which stays as it was."""
    locked = _locked(assignment)
    if not rules.assesses(by, locked):
        raise PermissionDenied(f"{by} may not amend {assignment}")
    if locked.status != A.ASSESSED or locked.nomination.status not in rules.BEFORE_DECISION:
        raise TransitionRefused(f"{assignment} takes no words now")
    if revision != locked.revision:
        raise ValidationError(_("You have changed this in another window. Please look at it before you save again."))
    VettingAssignment.objects.filter(pk=locked.pk).update(
        amendment=text.strip(), amended_view=view, amended_at=timezone.now(), revision=F("revision") + 1
    )
    Nomination.objects.filter(pk=locked.nomination_id).update(revision=F("revision") + 1)
    record("added to the assessment", locked, by=by, via=via)
    assignment.refresh_from_db()


def lacking_in(assignment: VettingAssignment, said: Assessment) -> list[str]:
    """Return, in words, what an assessment lacks before it can be given."""
    edition = assignment.nomination.criteria
    lacking = [] if said.view else [_("What you would do.")]
    lacking += [] if said.acquaintance else [_("How well you know them.")]
    if edition is None:
        return lacking
    musts = edition.criteria.filter(kind=Criterion.Kind.MUST)
    lacking += [_("What you see of “%(must)s”.") % {"must": one.text} for one in musts if not said.marks.get(one.pk, ("", ""))[0]]
    asked = edition.questions.filter(is_required=True)
    return lacking + [
        _("An answer to “%(question)s”.") % {"question": one.text} for one in asked if not said.answers.get(one.pk, "").strip()
    ]


def _locked(assignment: VettingAssignment) -> VettingAssignment:
    # The case first, then the assignment: the order in which a decision ends what is open.
    Nomination.objects.select_for_update(no_key=True).get(pk=assignment.nomination_id)
    found: VettingAssignment = VettingAssignment.objects.select_for_update(no_key=True, of=("self",)).get(pk=assignment.pk)
    return found


def _open(assignment: VettingAssignment, *, revision: int, by: User) -> VettingAssignment:
    """The row, held until the end: neither a decision nor a second window comes between the look and the words."""
    locked = _locked(assignment)
    if not rules.assesses(by, locked):
        raise PermissionDenied(f"{by} may not assess {assignment}")
    if locked.status != A.ASSIGNED or locked.nomination.status not in rules.BEFORE_DECISION:
        raise TransitionRefused(f"{assignment} takes no assessment any more")
    if revision != locked.revision:
        raise ValidationError(
            _("You have changed this in another window. What you wrote here is kept below: compare before you save again.")
        )
    return locked


def _keep(assignment: VettingAssignment, said: Assessment) -> None:
    VettingAssignment.objects.filter(pk=assignment.pk).update(
        view=said.view, acquaintance=said.acquaintance, comment=said.comment.strip(), revision=F("revision") + 1
    )
    edition = assignment.nomination.criteria
    if edition is None:
        return
    for criterion in edition.criteria.filter(pk__in=said.marks):
        _keep_mark(assignment, criterion, *said.marks[criterion.pk])
    for question in edition.questions.filter(pk__in=said.answers):
        given = said.answers[question.pk].strip()
        own = AssessmentAnswer.objects.filter(assignment=assignment, question=question)
        if given:
            AssessmentAnswer.objects.update_or_create(assignment=assignment, question=question, defaults={"text": given})
        else:
            own.delete()


def _keep_mark(assignment: VettingAssignment, criterion: Criterion, mark: str, comment: str) -> None:
    """A word without a mark is kept with “cannot tell”: nothing that was written is thrown away."""
    comment = comment.strip()
    if mark or comment:
        said = {"mark": mark or AssessmentMark.Mark.CANNOT_TELL, "comment": comment}
        AssessmentMark.objects.update_or_create(assignment=assignment, criterion=criterion, defaults=said)
    else:
        AssessmentMark.objects.filter(assignment=assignment, criterion=criterion).delete()
