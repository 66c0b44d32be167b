"""When a nominator is written to: whatever moves a case writes its line of history, and this listens to those lines.

So no part of the road has to remember it, and none can tell more than where a nomination stands. Of a decision, and of the answer to
an invitation, those write who take them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.db.models.signals import post_save
from django.dispatch import receiver

from ambassadors.models import Invitation, Nomination
from correspondence import outbox
from foundation.models import HistoryEntry

if TYPE_CHECKING:
    from collections.abc import Iterable

S, I = Nomination.Status, Invitation.Status  # noqa: E741  the states of the two
NEWS = frozenset({S.VETTING, S.SLATE, S.JOINED})
NEWS_OF_INVITATION = frozenset({I.SENT})
NO_NEWS = frozenset({"took it off the slate"})


def event_of(nomination: Nomination) -> str:
    """Return what the newest public event of a case is called, read `with_standing()`."""
    if nomination.status != S.APPROVED:
        return str(nomination.status)
    newest = max(nomination.invitations.all(), key=lambda one: one.pk, default=None)
    return str(newest.status) if newest and newest.status in NEWS_OF_INVITATION else str(S.APPROVED)


@receiver(post_save, sender=HistoryEntry, dispatch_uid="tell nominators of what has moved")
def tell_nominators(instance: HistoryEntry, created: bool, **kwargs: Any) -> None:
    """Write to those who follow a case, in the transaction that moved it. Nobody is told what they did themselves."""
    nomination_pk = _case_that_moved(instance) if created and instance.after != instance.before else None
    if nomination_pk is None:
        return
    for nomination in _followed_with(nomination_pk, alone=instance.after == S.JOINED):
        if nomination.nominator_id and nomination.nominator_id != instance.actor_id:
            key = f"nomination-moved:{instance.pk}:{nomination.pk}"
            event = S.JOINED if nomination.status == S.JOINED else instance.after
            outbox.post("nomination_moved", nomination.nominator, key=key, nomination=nomination.pk, event=str(event))


def _case_that_moved(entry: HistoryEntry) -> int | None:
    kinds = ContentType.objects.get_for_models(Nomination, Invitation)
    if entry.target_type_id == kinds[Nomination].pk and entry.after in NEWS and entry.verb not in NO_NEWS:
        return int(entry.target_id)
    if entry.target_type_id == kinds[Invitation].pk and entry.after in NEWS_OF_INVITATION:
        found: int | None = Invitation.objects.filter(pk=entry.target_id).values_list("nomination", flat=True).first()
        return found
    return None


def _followed_with(pk: int, *, alone: bool) -> Iterable[Nomination]:
    """The nomination, and those that were joined to it. Of a joining, only the joined one's author is told."""
    followed = Q(pk=pk) if alone else Q(pk=pk) | Q(joined_to=pk)
    return Nomination.objects.filter(followed, cleared_at=None).select_related("nominator").order_by("pk")
