"""Coming in for the first time, for whoever was on the roster."""

from __future__ import annotations

from django.db import transaction

from ambassadors.models import Ambassador, Invitation, User
from ambassadors.signals import ambassador_joined
from foundation.models import HistoryEntry
from foundation.workflow import record

CAME_IN = "came in for the first time"


@transaction.atomic
def came_in(person: User) -> bool:
    """Let somebody of the roster join as they sign in for the first time; False for those who joined before, by an invitation say."""
    # The row is held: of two devices that sign in at once, the second finds the line that the first wrote.
    mine = Ambassador.objects.select_for_update(no_key=True).active().filter(user=person).first()
    if mine is None or Invitation.objects.filter(nomination__nominee=person, status=Invitation.Status.ACCEPTED).exists():
        return False
    if HistoryEntry.objects.about(person).filter(verb=CAME_IN).exists():
        return False
    record(CAME_IN, mine, by=person, about=person)
    ambassador_joined.send(Ambassador, ambassador=mine, invitation=None)
    return True
