"""What matching does when something happens to people."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from ambassadors.models import Ambassador
from ambassadors.signals import ambassador_joined
from welcome.buddies import matching


@receiver(ambassador_joined, sender=Ambassador, dispatch_uid="suggest a buddy")
def suggest_a_buddy(ambassador: Ambassador, **_about: Any) -> None:
    """Inside the transaction of joining: rows only, and in a savepoint of its own."""
    matching.suggest_at_once(ambassador.user)
