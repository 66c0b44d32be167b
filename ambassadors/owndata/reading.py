"""What a person decides about the memory of their reading. It leaves no history: that somebody read is nobody's business."""

from __future__ import annotations

from django.db import transaction

from ambassadors.models import User
from foundation import reading


@transaction.atomic
def switch(person: User, *, on: bool) -> None:
    """Remember from now on what the person reads, or forget all of it and remember nothing more."""
    # A mark that is being written at this very moment may come after us: the clock deletes it (`reading.expire`).
    User.objects.filter(pk=person.pk).update(remembers_reading=on)
    person.remembers_reading = on
    if not on:
        reading.forget_all(person)


def forget(person: User, source: str, key: str) -> int:
    """Forget one mark of a source, or everything where no source is named; return how many marks that were."""
    if not source:
        return reading.forget_all(person)
    return reading.sources[source].forget(person, key) if source in reading.sources else 0
