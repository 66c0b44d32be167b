"""What comes due about first looks: one reminder a pair, two days before answers are wanted."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from ambassadors.models import Ambassador
from correspondence import outbox
from correspondence.due import steps
from welcome.models import LookPair

AHEAD = timedelta(days=2)
AT_PEACE = timedelta(days=2)  # whoever got a partner just now knows


def remind_pairs() -> int:
    """Remind the pairs that have sent nothing, once each; return how many people were."""
    now = timezone.now()
    due = LookPair.objects.not_reminded((now + AHEAD).date()).filter(
        created_at__lte=now - AT_PEACE, look__opened_at__lte=now - AT_PEACE
    )
    return sum(_remind(pk) for pk in list(due.values_list("pk", flat=True)))


@transaction.atomic
def _remind(pk: int) -> int:
    # Two clocks may have read the pair: the one that moves the date reminds.
    if not LookPair.objects.silent().filter(pk=pk, reminded_at=None).update(reminded_at=timezone.now()):
        return 0
    there = Ambassador.objects.available_on(timezone.now()).values("user")
    people = list(LookPair.objects.get(pk=pk).seats.here().filter(person__in=there).select_related("person"))
    for seat in people:
        outbox.post("first_look_reminder", seat.person, key=f"first-look-reminder:{pk}:{seat.person_id}", pair=pk)
    return len(people)


steps.add("first looks to remind of", remind_pairs)
