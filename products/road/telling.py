"""Whom a decision is told to, and that no note tells a name which its readers are not to know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from correspondence import outbox
from foundation.secret_names import held_in
from products import rules
from products.models import Credit, Decision, Edition, EditorDuty, Opinion, Review, ReviewRound
from products.reviewing.secrecy import Reader, Standing, hidden_from

if TYPE_CHECKING:
    from ambassadors.models import User

TO_AUTHORS, TO_REVIEWERS = Reader(Standing.AUTHOR), Reader(Standing.REVIEWER)


def tell(decision: Decision) -> None:
    """Tell everybody who took part, once, but whoever decided."""
    people = who_took_part(decision.edition) - {decision.by_id}
    outbox.post_many("edition_decided", sorted(people), key=f"edition-decided:{decision.pk}", decision=decision.pk)


def tell_editors(edition: Edition) -> None:
    """Something was handed in: whoever sees it through hears of it, or else every editor."""
    product = edition.product
    people = {product.editor_id} if product.editor_id else set(EditorDuty.objects.here().values_list("person", flat=True))
    key = f"edition-submitted:{edition.pk}:{edition.submitted_at:%Y%m%d%H%M%S%f}"
    outbox.post_many("edition_submitted", sorted(people - _authors(edition)), key=key, edition=edition.pk)


def who_took_part(edition: Edition) -> set[int]:
    """The keys of those who wrote it, who gave a review in any of its rounds, and who spoke to it in its community review."""
    reviewed = Review.objects.submitted().filter(round__edition=edition, reviewer__isnull=False)
    spoke = Opinion.objects.filter(window__edition=edition, person__isnull=False, kind__in=["suggests", "objects"])
    given = set(spoke.exclude(status="withdrawn").values_list("person", flat=True))
    return _authors(edition) | set(reviewed.values_list("reviewer", flat=True)) | given


def refuse_names(edition: Edition, note: str) -> None:
    """Raise ValidationError when a note holds the name of somebody whom its authors, or its reviewers, are not to know."""
    found: list[str] = []
    for held in ReviewRound.objects.filter(edition=edition, is_anonymous=True).select_related("edition__product"):
        found += held_in(note, [*hidden_from(TO_AUTHORS, held), *hidden_from(TO_REVIEWERS, held)])
    if found:
        names = ", ".join(dict.fromkeys(found))
        raise ValidationError(
            {"note": _("In this review names are not known to all who read this. Leave out: %(names)s") % {"names": names}}
        )


def _authors(edition: Edition) -> set[int]:
    rows = Credit.objects.authors().filter(product=edition.product_id, person__isnull=False)
    return set(rows.values_list("person", flat=True))


def is_told(person: User | None, edition: Edition) -> bool:
    """Whether a decision is still theirs to hear of."""
    return person is not None and person.is_member and person.pk in who_took_part(edition)


def decides(person: User | None, edition: Edition) -> bool:
    """Whether something that was handed in still waits for them."""
    return edition.status == Edition.Status.IN_REVIEW and rules.may_decide(person, edition)
