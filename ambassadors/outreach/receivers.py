"""What the end of a membership does to talks: inside the transaction that ends it, rows only."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from ambassadors.models import Ambassador
from ambassadors.outreach.slots import without_a_speaker
from ambassadors.workflow.standing import MAKE_ALUMNI, REMOVE
from foundation.models import HistoryEntry

ENDS = {MAKE_ALUMNI.name, REMOVE.name}


@receiver(post_save, sender=HistoryEntry, dispatch_uid="let the talks of those who leave look for a speaker")
def let_talks_look_for_a_speaker(sender: type[HistoryEntry], instance: HistoryEntry, created: bool, **kwargs: Any) -> None:
    """Whoever left or was removed gives no talk any more."""
    if created and instance.verb in ENDS and isinstance(instance.target, Ambassador):
        without_a_speaker(instance.target.user)
