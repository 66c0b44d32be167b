"""What other parts of the road say, and slates heed."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from ambassadors.models import Nomination
from ambassadors.nominations.workflow import ended
from ambassadors.slates.workflow import leave_slates
from ambassadors.vetting.workflow import decided


@receiver(ended)
def case_ended(sender: object, nomination: Nomination, **told: Any) -> None:
    """A nomination was taken back: nothing more is asked about it."""
    leave_slates(nomination)


@receiver(decided)
def case_decided(sender: object, nomination: Nomination, **told: Any) -> None:
    """Those who decide did not wait for the close: likewise."""
    leave_slates(nomination)
