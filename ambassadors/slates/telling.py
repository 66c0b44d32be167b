"""Telling all ambassadors of a slate: each once, however often and by however many workers it is tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from ambassadors.models import Ambassador, Slate, SlateAnswer
from correspondence import outbox, preferences

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ambassadors.querysets import AmbassadorQuerySet


def ask_workers_to_tell(slate_pk: int) -> None:
    """Have a worker tell everybody soon; when the broker does not answer, the clock finds the slate."""
    from ambassadors.tasks import tell_of_slate  # deferred: tasks import the workflow

    outbox.ask_workers(tell_of_slate, [slate_pk])


@transaction.atomic
def tell(slate_pk: int) -> int:
    """Post the mail about an opened slate to each active ambassador; return how many are new."""
    if not Slate.objects.to_tell().filter(pk=slate_pk).exists():
        return 0
    # Two workers may be here at once: the keys of the mails let one of them post each.
    posted = outbox.post_many("slate_opened", _keys(_people()), key=f"slate-opened:{slate_pk}", slate=slate_pk)
    Slate.objects.filter(pk=slate_pk, told_at=None).update(told_at=timezone.now())
    return posted


def tell_due() -> int:
    """Tell of the slates that no worker was told of; return how many mails."""
    return sum(tell(pk) for pk in Slate.objects.to_tell().values_list("pk", flat=True))


def remind_due() -> int:
    """Remind once, two days before the close, those who have said nothing; return how many mails.

    Nobody who is away, pausing or observing for now, and nobody who switched such mail off.
    """
    return sum(_remind(pk) for pk in Slate.objects.to_remind().values_list("pk", flat=True))


@transaction.atomic
def _remind(slate_pk: int) -> int:
    # The moment is the token: of two clocks one sets it, and the mails go into the outbox in the same commit.
    if not Slate.objects.to_remind().filter(pk=slate_pk).update(reminded_at=timezone.now()):
        return 0
    said = SlateAnswer.objects.counting().filter(entry__slate=slate_pk, person=OuterRef("user"))
    people = _people().available_on(timezone.now()).filter(~Exists(said), is_observing=False)
    people = people.exclude(user__in=preferences.who_switched_off("slate_reminder"))
    return outbox.post_many("slate_reminder", _keys(people), key=f"slate-reminder:{slate_pk}", slate=slate_pk)


def _people() -> AmbassadorQuerySet:
    """Those of whom something may be asked: active, and able to sign in. Whoever is pausing finds the slate on their desk."""
    return Ambassador.objects.filter(status="active", user__is_active=True)


def _keys(people: AmbassadorQuerySet) -> Iterable[int]:
    return people.order_by("pk").values_list("user_id", flat=True).iterator(chunk_size=1000)
