"""What changes about the criteria: an edition is begun from the last one, written, and published; published ones stay as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambassadors import rules
from ambassadors.models import CriteriaEdition, Criterion, VettingQuestion
from foundation.models import Via
from foundation.workflow import Transition, apply, record

if TYPE_CHECKING:
    from ambassadors.models import User

S = CriteriaEdition.Status
PUBLISH = Transition("published the criteria", frozenset({S.DRAFT}), S.PUBLISHED, rules.is_support, gettext_lazy("Publish"))


@transaction.atomic
def begin_draft(*, by: User, via: Via = Via.WEB) -> CriteriaEdition:
    """Return the draft of the next edition, begun with what is in force; where there is a draft already, that one."""
    if not rules.is_support(by):
        raise PermissionDenied(f"{by} may not write criteria")
    last = CriteriaEdition.objects.in_force()
    number = (last.number if last else 0) + 1
    # Two of the team may begin at the same time: there is one draft, and whoever comes second gets it.
    draft, is_new = CriteriaEdition.objects.get_or_create(status=S.DRAFT, defaults={"number": number, "by": by})
    if is_new:
        if last is not None:
            _copy(last, draft)
        record("began an edition of the criteria", draft, by=by, via=via, after=S.DRAFT)
    return draft


def _copy(last: CriteriaEdition, draft: CriteriaEdition) -> None:
    for model, rows in ((Criterion, last.criteria.all()), (VettingQuestion, last.questions.all())):
        copies: list[Any] = list(rows)
        for row in copies:
            row.pk, row.edition = None, draft
        model._default_manager.bulk_create(copies)


@transaction.atomic
def wrote(edition: CriteriaEdition, *, by: User, via: Via = Via.WEB) -> None:
    """Count a change of the draft, inside the transaction that makes it; a published edition takes none any more."""
    if not CriteriaEdition.objects.filter(pk=edition.pk, status=S.DRAFT).update(revision=F("revision") + 1):
        raise PermissionDenied("This edition is published.")
    record("wrote the criteria", edition, by=by, via=via)


@transaction.atomic
def publish(edition: CriteriaEdition, *, revision: int, by: User, via: Via = Via.WEB) -> None:
    """Let the edition be in force from now on, in the wording that `by` has looked at. Cases that were submitted keep theirs."""
    # Held until the end, so that no colleague writes on between the look at the revision and the move.
    locked = CriteriaEdition.objects.select_for_update(no_key=True).get(pk=edition.pk)
    if locked.revision != revision:
        raise ValidationError(_("A colleague has changed the draft in the meantime. Please look at it again."))
    if not edition.criteria.filter(kind=Criterion.Kind.MUST).exists():
        raise ValidationError(_("There is no “must” in it yet."))
    apply(PUBLISH, edition, by=by, via=via, published_at=timezone.now())
