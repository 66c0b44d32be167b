"""What follows for seats when a case ends, wherever that happens."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from ambassadors.inviting import workflow
from ambassadors.models import Nomination
from ambassadors.nominations.workflow import ended


@receiver(ended)
def take_back_with_the_case(nomination: Nomination, **kwargs: Any) -> None:
    """A nomination that was taken back invites nobody."""
    workflow.withdraw_with_case(nomination, by=kwargs.get("by"), via=kwargs["via"])
