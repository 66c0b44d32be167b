"""What a step of an edition's road means for its round of review."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.dispatch import receiver

from products.models import Edition, ReviewRound
from products.reviewing.workflow.rounds import close_round
from products.signals import edition_moved

if TYPE_CHECKING:
    from ambassadors.models import User


@receiver(edition_moved, sender=Edition, dispatch_uid="a round ends with its review")
def end_the_round(*, edition: Edition, before: str, by: User | None, **kwargs: Any) -> None:
    """Once it is in review no longer, nobody writes a review of it any more. What was decided, the authors hear from whoever decided."""
    if before != Edition.Status.IN_REVIEW or edition.status == Edition.Status.IN_REVIEW:
        return
    opened = ReviewRound.objects.open().filter(edition=edition).first()  # unscoped: the house's own work
    if opened is not None:
        why = "taken back" if edition.status == Edition.Status.DRAFT else "closed"
        close_round(opened, by=None, tells_authors=False, why=why)
