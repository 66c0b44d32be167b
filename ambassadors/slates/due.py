"""What comes due about slates: the clock of the outbox asks each of these every few minutes, and two clocks do no harm."""

from __future__ import annotations

from ambassadors.slates import telling, workflow
from correspondence.due import steps


def close_slates() -> int:
    """Close those whose days are over. It posts no mail: the leads find it on their desk."""
    workflow.close_due()
    return 0


steps.add("slates whose days are over", close_slates)
steps.add("slates that were opened", telling.tell_due)
steps.add("slates that close soon", telling.remind_due)
