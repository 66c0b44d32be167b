"""The series of a space, on its page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import OuterRef, Subquery
from django.urls import reverse

from discussions import rules
from discussions.models import Prompt, PromptRound, Space
from foundation.panels import Panel, panels

if TYPE_CHECKING:
    from ambassadors.models import User


def series_of_space(reader: User | AnonymousUser, space: Space) -> dict[str, Any] | None:
    """When each series of the space comes next; for whoever leads it, a way to begin one."""
    if not reader.is_authenticated or not reader.is_member:
        return None
    rounds = PromptRound.objects.filter(prompt=OuterRef("pk"), status__in=["planned", "private"])  # unscoped: when it comes next
    running = Prompt.objects.visible_to(reader).filter(space=space).exclude(status=Prompt.Status.ENDED)
    series = list(running.annotate(next_at=Subquery(rounds.order_by("opens_at").values("opens_at")[:1])))
    leads = space.status == Space.Status.ACTIVE and rules.leads(reader, space)
    if not series and not leads:
        return None
    start_url = f"{reverse('discussions:prompt-start')}?space={space.slug}" if leads else ""
    return {"series": series, "start_url": start_url}


panels.add("series of a space", Panel("space", "discussions/prompts/_series_of_space.html", series_of_space, weight=20))
