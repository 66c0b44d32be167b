"""Whoever joins begins their first weeks."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from ambassadors.models import Ambassador
from ambassadors.signals import ambassador_joined
from welcome.onboarding import workflow


@receiver(ambassador_joined)
def begin_first_weeks(ambassador: Ambassador, **kwargs: Any) -> None:
    """Inside the transaction of joining."""
    workflow.begin(ambassador.user)
