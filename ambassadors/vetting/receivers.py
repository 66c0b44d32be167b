"""What vetting hears from elsewhere: a case that ends before it is decided ends for its vetters too."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from ambassadors.models import Nomination
from ambassadors.nominations.workflow import ended
from ambassadors.vetting.workflow.assigning import end_open


@receiver(ended)
def end_what_is_open(nomination: Nomination, by: Any, via: Any, **kwargs: Any) -> None:
    """Withdrawn, or joined to another: inside the transaction that ends the case."""
    end_open(nomination, by=by, via=via)
