"""When an edition is presented its days begin; when it moves on they end. Receivers of the road: they write rows and nothing else."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone

from ambassadors.slates.days import end_after
from correspondence.outbox import ask_workers
from foundation.models import Via
from foundation.workflow import record
from products.models import CommunityReview, Edition, KindRules
from products.signals import edition_moved

if TYPE_CHECKING:
    from ambassadors.models import User

WHERE_THERE_IS_NONE = 7  # days, where somebody presents a kind of product that needs no community review


@receiver(edition_moved, dispatch_uid="community review")
def follow_the_road(sender: type[Edition], edition: Edition, before: str, by: User | None, **said: Any) -> None:
    """Open the days of community review with the step that presents an edition, and end them with the step that ends it."""
    presented = Edition.Status.COMMUNITY_REVIEW
    if before == presented and edition.status != presented:
        end(edition, by=by)
    elif edition.status == presented:
        begin(edition, by=by)
    if edition.status == Edition.Status.PUBLISHED:
        tell_who_waited(edition)


def tell_who_waited(edition: Edition) -> None:
    """Have a worker tell whoever wanted to hear of it; when the broker does not answer, the clock finds them."""
    from products.window.tasks import tell_of_launch  # deferred: tasks import what this module is a part of

    transaction.on_commit(partial(ask_workers, tell_of_launch, [edition.product_id]), robust=True)


def begin(edition: Edition, *, by: User | None) -> CommunityReview:
    """Open the days of an edition: to the end of the last one, where the community is."""
    from products.window.tasks import tell_of_window  # deferred: tasks import what this module is a part of

    days = KindRules.of(edition.product.kind).window_days or WHERE_THERE_IS_NONE
    opened = CommunityReview.objects.create(edition=edition, revision=edition.revision, closes_at=end_after(days))
    record("opened", opened, by=by)
    transaction.on_commit(partial(ask_workers, tell_of_window, [opened.pk]), robust=True)
    return opened


def end(edition: Edition, *, by: User | None) -> None:
    """End its days, where the clock has not."""
    for window in CommunityReview.objects.filter(edition=edition, closed_at=None):
        close(window, by=by)


def close(window: CommunityReview, *, by: User | None, via: Via = Via.WEB) -> bool:
    """Note that nobody can speak any more; False when that was noted before."""
    # The moment is the token: of the clock and an editor one sets it.
    if not CommunityReview.objects.filter(pk=window.pk, closed_at=None).update(closed_at=timezone.now()):
        return False
    record("closed", window, by=by, via=via)
    return True
